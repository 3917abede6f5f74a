# Completion for bash of viewfinder(1). Where it offers nothing, bash offers files.
_viewfinder() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} form=first words
    ((COMP_CWORD > 1)) && form=${COMP_WORDS[1]}
    case $form/$before/$current in
        ask/--provider/*) words="dashscope openai openrouter siliconflow ollama lmstudio llamacpp vllm custom" ;;
        ask/--region/*) words="cn-beijing ap-southeast-1 us-east-1 cn-hongkong eu-central-1 ap-northeast-1" ;;
        ask/-p/* | ask/--prompt/* | ask/--model/* | ask/--base-url/*) words= ;;
        ask/*/-*)
            words="--prompt --model --base-url --provider --region --key-over-http --rotated --no-stream"
            words+=" --json --help"
            ;;
        --selftest/*/-*) words="--json --help" ;;
        */-*) words="--clipboard --selftest --version --help" ;;
        first/*/?*) words=ask ;;
        *) words= ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _viewfinder viewfinder
