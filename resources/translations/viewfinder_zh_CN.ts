<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Viewfinder</source>
        <translation>关于 Viewfinder</translation>
    </message>
    <message>
        <source>Built with Qt and PySide6 (LGPL), httpx, qasync, keyring, markdown-it-py and Pygments. The on-device reader uses RapidOCR with the PP-OCR models, ONNX Runtime and ZXing-C++. Icons by Lucide (ISC).</source>
        <translation>基于 Qt 和 PySide6（LGPL）、httpx、qasync、keyring、markdown-it-py 和 Pygments 构建。设备端识别使用 RapidOCR 及 PP-OCR 模型、ONNX Runtime 和 ZXing-C++。图标来自 Lucide（ISC）。</translation>
    </message>
    <message>
        <source>Drop a screenshot, ask, and read the streamed answer.</source>
        <translation>拖入截图，提出问题，即刻看到回答。</translation>
    </message>
    <message>
        <source>Free software under the MIT licence.</source>
        <translation>以 MIT 许可证发布的自由软件。</translation>
    </message>
    <message>
        <source>Third-party software…</source>
        <translation>第三方软件…</translation>
    </message>
    <message>
        <source>Viewfinder {version}</source>
        <translation>Viewfinder {version}</translation>
    </message>
</context>
<context>
    <name>AddressFields</name>
    <message>
        <source>Base URL</source>
        <translation>Base URL</translation>
    </message>
    <message>
        <source>Enter the server&apos;s address, with http:// or https://.</source>
        <translation>请输入服务器地址，以 http:// 或 https:// 开头。</translation>
    </message>
    <message>
        <source>Needed in this region</source>
        <translation>此地域必须填写</translation>
    </message>
    <message>
        <source>Only for a workspace-dedicated address</source>
        <translation>仅使用业务空间专属地址时填写</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计费方式</translation>
    </message>
    <message>
        <source>Questions and images go to {host}.</source>
        <translation>问题和图片将发送到 {host}。</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地域</translation>
    </message>
    <message>
        <source>This is {service}. Questions and images go to {host}.</source>
        <translation>这是 {service}。问题和图片会发送到 {host}。</translation>
    </message>
    <message>
        <source>This server is in the list already.</source>
        <translation>此服务器已在列表中。</translation>
    </message>
    <message>
        <source>Workspace ID</source>
        <translation>业务空间 ID</translation>
    </message>
</context>
<context>
    <name>AnswerEnding</name>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Cut off: the answer reached the limit of its length.</source>
        <translation>回答不完整：已达到长度上限。</translation>
    </message>
    <message>
        <source>Cut off: the service&apos;s content filter stepped in.</source>
        <translation>回答不完整：触发了服务的内容过滤。</translation>
    </message>
    <message>
        <source>Cut off: {reason}</source>
        <translation>回答不完整：{reason}</translation>
    </message>
    <message>
        <source>Cut short before its end.</source>
        <translation>回答未完即中断。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>The model ended without saying anything.</source>
        <translation>模型没有说任何内容就结束了。</translation>
    </message>
</context>
<context>
    <name>AnswerFooter</name>
    <message>
        <source>on this device</source>
        <translation>在本设备上</translation>
    </message>
    <message>
        <source>{asked} + {answered} tokens</source>
        <translation>{asked} + {answered} Token</translation>
    </message>
    <message>
        <source>{rate} tokens/s</source>
        <translation>{rate} Token/秒</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{total} tokens</source>
        <translation>{total} Token</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>Answering… {seconds} s</source>
        <translation>正在回答… {seconds} 秒</translation>
    </message>
    <message>
        <source>Reading… {seconds} s</source>
        <translation>正在识别… {seconds} 秒</translation>
    </message>
    <message>
        <source>Waiting for the answer…</source>
        <translation>正在等待回答…</translation>
    </message>
    <message>
        <source>Waiting for the first word… {seconds} s</source>
        <translation>正在等待响应… {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>AnswersPage</name>
    <message>
        <source>Default model</source>
        <translation>默认模型</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>系统指令</translation>
    </message>
    <message>
        <source>Longest answer (tokens)</source>
        <translation>最大回答长度（Token）</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Sent before every conversation, as the system message</source>
        <translation>作为系统消息，在每次对话前发送</translation>
    </message>
    <message>
        <source>Server&apos;s default</source>
        <translation>服务器默认值</translation>
    </message>
    <message>
        <source>Show the answer while it comes</source>
        <translation>边生成边显示回答</translation>
    </message>
    <message>
        <source>Streaming</source>
        <translation>流式输出</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Thinking budget (tokens)</source>
        <translation>最大思考长度（Token）</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
</context>
<context>
    <name>Attaching</name>
    <message>
        <source>Attach 1 image</source>
        <translation>添加 1 张图片</translation>
    </message>
    <message>
        <source>Attach the first {n} of {count} images</source>
        <translation>附加 {count} 张图片中的前 {n} 张</translation>
    </message>
    <message>
        <source>Attach {n} images</source>
        <translation>添加 {n} 张图片</translation>
    </message>
    <message>
        <source>Nothing came with the drop. Try again, or save the image to a file first.</source>
        <translation>拖放没有带来任何内容。请重试，或先把图片保存为文件。</translation>
    </message>
    <message>
        <source>Pasted image</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>There is no image in the clipboard. Copy one, and try again.</source>
        <translation>剪贴板中没有图片。请先复制一张图片，然后重试。</translation>
    </message>
    <message>
        <source>This program does not hand its files out. Save them to a folder, and drop them from there.</source>
        <translation>这个程序不提供文件本身。请先保存到文件夹，再从那里拖入。</translation>
    </message>
    <message>
        <source>{folders} folders hold {n} images. Attach them?</source>
        <translation>{folders} 个文件夹中有 {n} 张图片。要添加吗？</translation>
    </message>
    <message>
        <source>“{name}” holds 1 image. Attach it?</source>
        <translation>“{name}”中有 1 张图片。要添加吗？</translation>
    </message>
    <message>
        <source>“{name}” holds {n} images. Attach them?</source>
        <translation>“{name}”中有 {n} 张图片。要添加吗？</translation>
    </message>
</context>
<context>
    <name>AttachmentStrip</name>
    <message>
        <source>Enter opens what can be done, Delete removes, Ctrl and an arrow key move</source>
        <translation>回车键打开可用操作，Delete 键移除，Ctrl 加方向键移动</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出了点问题</translation>
    </message>
    <message>
        <source>Something went wrong inside Viewfinder.</source>
        <translation>Viewfinder 内部出了点问题。</translation>
    </message>
    <message>
        <source>The diagnostics say where it happened, with versions and settings. They hold no question, no answer, no key and no name of a file of yours.</source>
        <translation>诊断信息会说明问题出在哪里，并附上版本和设置；其中不含任何提问、回答、API Key，也不含您的文件名。</translation>
    </message>
    <message>
        <source>Your conversations are still there. You can go on.</source>
        <translation>您的对话都还在，可以继续使用。</translation>
    </message>
</context>
<context>
    <name>ComposerPane</name>
    <message>
        <source>Ask a follow-up question…</source>
        <translation>继续提问…</translation>
    </message>
    <message>
        <source>Drop or paste an image, and ask about it…</source>
        <translation>拖入或粘贴图片，然后提问…</translation>
    </message>
    <message>
        <source>Press Enter to read the text, on this device</source>
        <translation>按 Enter 在本设备上识别文字</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>发送（Enter）</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止（Esc）</translation>
    </message>
    <message>
        <source>Web addresses are not taken here: fetch or remove them first</source>
        <translation>这里不接受网址：请先获取图片或移除网址</translation>
    </message>
    <message>
        <source>What do these images show?</source>
        <translation>这些图片展示了什么内容？</translation>
    </message>
    <message>
        <source>What does this image show?</source>
        <translation>这张图片展示了什么内容？</translation>
    </message>
</context>
<context>
    <name>ComposerTools</name>
    <message>
        <source>Add images or a web address</source>
        <translation>添加图片或网址</translation>
    </message>
    <message>
        <source>Attach the image at {host}</source>
        <translation>添加 {host} 上的图片</translation>
    </message>
    <message>
        <source>Find out which way is up before reading; takes longer</source>
        <translation>识别前先判断图片方向，耗时更长</translation>
    </message>
    <message>
        <source>Full detail ≈ {n}</source>
        <translation>高分辨率 ≈ {n}</translation>
    </message>
    <message>
        <source>Rotated photo</source>
        <translation>旋转的照片</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>≈ {n} tokens</source>
        <translation>≈ {n} Token</translation>
    </message>
</context>
<context>
    <name>Confirming</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ConnectionPage</name>
    <message>
        <source>Find servers on this computer</source>
        <translation>查找此电脑上的服务器</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>answer cut short</source>
        <translation>回答未完即中断</translation>
    </message>
    <message>
        <source>answer on its way</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已置顶</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete {n} conversations</source>
        <translation>删除 {n} 个对话</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
</context>
<context>
    <name>ConversationRows</name>
    <message>
        <source>Automatic title</source>
        <translation>自动标题</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>Enter opens, F2 renames, Delete deletes</source>
        <translation>Enter 打开，F2 重命名，Delete 删除</translation>
    </message>
</context>
<context>
    <name>Diagnosing</name>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>The diagnostics are in the clipboard.</source>
        <translation>诊断信息已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Viewfinder ended unexpectedly last time. Your conversations are still there.</source>
        <translation>Viewfinder 上次意外退出。您的对话都还在。</translation>
    </message>
</context>
<context>
    <name>DoubtfulLinkDialog</name>
    <message>
        <source>A user name stood before it, which can pass for the name of a place. It is left out.</source>
        <translation>它前面原有一个用户名，容易被误认为网站名称，现已去掉。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>It begins an e-mail that already has a text or further recipients.</source>
        <translation>它会新建一封已写有内容或另有收件人的邮件。</translation>
    </message>
    <message>
        <source>It was written as a number in a form that hides which computer it is.</source>
        <translation>它原来写成一种数字形式，让人看不出是哪台计算机。</translation>
    </message>
    <message>
        <source>Its address is unusually long.</source>
        <translation>它的地址异常地长。</translation>
    </message>
    <message>
        <source>Its words contain characters that cannot be seen.</source>
        <translation>链接文字中含有看不见的字符。</translation>
    </message>
    <message>
        <source>Its words name another place.</source>
        <translation>链接文字写的是另一个地方。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>That is this computer or its own network, not a place on the Internet.</source>
        <translation>它指向本机或其所在的网络，而不是互联网上的地方。</translation>
    </message>
    <message>
        <source>The name has letters that look like others. What begins with “xn--” is how it is really spelt.</source>
        <translation>名称中有容易与其他字母混淆的字母。以“xn--”开头的才是它的真实写法。</translation>
    </message>
    <message>
        <source>This link leads to</source>
        <translation>此链接指向</translation>
    </message>
</context>
<context>
    <name>EndFollower</name>
    <message>
        <source>Jump to the end</source>
        <translation>跳到末尾</translation>
    </message>
</context>
<context>
    <name>FilePicker</name>
    <message>
        <source>Add images</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>All files ({patterns})</source>
        <translation>所有文件 ({patterns})</translation>
    </message>
    <message>
        <source>Images ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number}/{count}</translation>
    </message>
    <message>
        <source>{number} of {count}…</source>
        <translation>{number}/{count}…</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>1 conversation, {size}</source>
        <translation>1 个对话，{size}</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>所有对话</translation>
    </message>
    <message>
        <source>All conversations are deleted.</source>
        <translation>所有对话均已删除。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete everything…</source>
        <translation>全部删除…</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>正在删除…</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Keep them on this computer</source>
        <translation>保存在这台电脑上</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>New conversations</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>No conversations, {size}</source>
        <translation>没有对话，{size}</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Really delete all conversations?</source>
        <translation>确定要删除所有对话吗？</translation>
    </message>
    <message>
        <source>{n} conversations, {size}</source>
        <translation>{n} 个对话，{size}</translation>
    </message>
</context>
<context>
    <name>HistorySearch</name>
    <message>
        <source>Search all conversations</source>
        <translation>搜索所有对话</translation>
    </message>
</context>
<context>
    <name>HitList</name>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
</context>
<context>
    <name>KeyFields</name>
    <message>
        <source>A key for this host is kept until the app is closed.</source>
        <translation>此主机的 API Key 只保留到关闭应用为止。</translation>
    </message>
    <message>
        <source>A key for this host is stored in the system keyring.</source>
        <translation>此主机的 API Key 已保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API Key</translation>
    </message>
    <message>
        <source>Forget key</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Get a key…</source>
        <translation>获取 API Key…</translation>
    </message>
    <message>
        <source>No key is stored for this host.</source>
        <translation>尚未保存此主机的 API Key。</translation>
    </message>
    <message>
        <source>No key is stored for this host. Servers on this computer seldom want one.</source>
        <translation>没有为此主机保存 API Key。本机上的服务器一般不需要 API Key。</translation>
    </message>
    <message>
        <source>Only if the server wants one</source>
        <translation>仅在服务器要求时填写</translation>
    </message>
    <message>
        <source>Paste a new key to replace it</source>
        <translation>粘贴新的 API Key 即可替换</translation>
    </message>
    <message>
        <source>Save key</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>显示输入的内容</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>The key comes from the environment variable {name}.</source>
        <translation>API Key 来自环境变量 {name}。</translation>
    </message>
    <message>
        <source>The system keyring has not told whether there is a key.</source>
        <translation>系统密钥环尚未告知是否存有 API Key。</translation>
    </message>
    <message>
        <source>Waiting for the system keyring…</source>
        <translation>正在等待系统密钥环…</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add web address</source>
        <translation>添加网址</translation>
    </message>
    <message>
        <source>Address of an image on the web:</source>
        <translation>网络图片的地址：</translation>
    </message>
    <message>
        <source>Nothing is fetched yet: the address itself is attached.</source>
        <translation>现在不会下载任何内容：添加的是网址本身。</translation>
    </message>
</context>
<context>
    <name>LoadingLine</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel reading (Esc)</source>
        <translation>取消读取 (Esc)</translation>
    </message>
    <message>
        <source>Reading images: {done} of {total}</source>
        <translation>正在读取图片：{done}/{total}</translation>
    </message>
    <message>
        <source>Reading the image…</source>
        <translation>正在读取图片…</translation>
    </message>
    <message>
        <source>Will be sent when the images are read…</source>
        <translation>图片读取完成后自动发送…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Add the image</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Add the image at {host}</source>
        <translation>添加 {host} 上的图片</translation>
    </message>
    <message>
        <source>Add {n} images</source>
        <translation>添加 {n} 张图片</translation>
    </message>
    <message>
        <source>Add {n} web addresses</source>
        <translation>添加 {n} 个网址</translation>
    </message>
    <message>
        <source>Save these files first, and drop them from there</source>
        <translation>请先保存这些文件，再从保存的位置拖入</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Choose the model that answers</source>
        <translation>选择用来回答的模型</translation>
    </message>
</context>
<context>
    <name>ModelPopup</name>
    <message>
        <source>Ask all servers for their models</source>
        <translation>向所有服务器查询可用模型</translation>
    </message>
    <message>
        <source>Enter uses “{name}” as it is typed, at {server}</source>
        <translation>按 Enter 在 {server} 上直接使用“{name}”</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Shift+Enter uses “{name}” as it is typed, at {server}</source>
        <translation>按 Shift+Enter 在 {server} 上直接使用“{name}”</translation>
    </message>
    <message>
        <source>Type to filter, or any model&apos;s name</source>
        <translation>输入以筛选，或直接输入任意模型名称</translation>
    </message>
</context>
<context>
    <name>MoreTile</name>
    <message>
        <source>{n} more images</source>
        <translation>另外 {n} 张图片</translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Certificates in PEM</source>
        <translation>PEM 格式的证书</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Enter the proxy&apos;s address.</source>
        <translation>请输入代理服务器的地址。</translation>
    </message>
    <message>
        <source>Forget password</source>
        <translation>删除密码</translation>
    </message>
    <message>
        <source>Longest silence (seconds)</source>
        <translation>最长无响应时间（秒）</translation>
    </message>
    <message>
        <source>No password is stored for this proxy.</source>
        <translation>没有为此代理保存密码。</translation>
    </message>
    <message>
        <source>No proxy</source>
        <translation>不使用代理</translation>
    </message>
    <message>
        <source>Only if the proxy wants one</source>
        <translation>仅在代理要求时填写</translation>
    </message>
    <message>
        <source>Only the system&apos;s</source>
        <translation>仅使用系统证书</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Save password</source>
        <translation>保存密码</translation>
    </message>
    <message>
        <source>Seconds to connect</source>
        <translation>连接超时（秒）</translation>
    </message>
    <message>
        <source>Seconds to the first word</source>
        <translation>等待首字时限（秒）</translation>
    </message>
    <message>
        <source>Silence while it thinks (seconds)</source>
        <translation>思考时最长无响应时间（秒）</translation>
    </message>
    <message>
        <source>The password is kept until the app is closed.</source>
        <translation>密码保留到应用关闭为止。</translation>
    </message>
    <message>
        <source>The password is stored in the system keyring.</source>
        <translation>密码已保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>指定代理：</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户名</translation>
    </message>
</context>
<context>
    <name>NotKeptLine</name>
    <message>
        <source>This conversation is not kept: it is gone when the app is closed.</source>
        <translation>此对话不会保存：关闭应用后即消失。</translation>
    </message>
</context>
<context>
    <name>NoticesDialog</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copyright: {holder}</source>
        <translation>版权：{holder}</translation>
    </message>
    <message>
        <source>It is a library in files of its own: you may replace it by another build of it.</source>
        <translation>该库以独立文件提供：你可以用自行构建的版本替换它。</translation>
    </message>
    <message>
        <source>Licence: {license}</source>
        <translation>许可证：{license}</translation>
    </message>
    <message>
        <source>Nothing of that name or licence</source>
        <translation>没有符合该名称或许可证的条目</translation>
    </message>
    <message>
        <source>Source: {address}</source>
        <translation>源代码：{address}</translation>
    </message>
    <message>
        <source>Third-party software</source>
        <translation>第三方软件</translation>
    </message>
    <message>
        <source>Type a name or a licence</source>
        <translation>输入名称或许可证</translation>
    </message>
</context>
<context>
    <name>PageModel</name>
    <message>
        <source>Page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
</context>
<context>
    <name>PagesDialog</name>
    <message>
        <source>All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Attach 1 page</source>
        <translation>添加 1 页</translation>
    </message>
    <message>
        <source>Attach {n} pages</source>
        <translation>添加 {n} 页</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Pages of {name}</source>
        <translation>{name} 的页面</translation>
    </message>
    <message>
        <source>{n} of {count} pages</source>
        <translation>已选 {n} 页，共 {count} 页</translation>
    </message>
</context>
<context>
    <name>Pointer</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>Reasoning</name>
    <message>
        <source>Show or hide what the model thought</source>
        <translation>显示或隐藏模型的思考过程</translation>
    </message>
    <message>
        <source>Thinking… {seconds} s</source>
        <translation>正在思考… {seconds} 秒</translation>
    </message>
    <message>
        <source>Thought for {seconds} s</source>
        <translation>思考了 {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>RetryLine</name>
    <message>
        <source>{reason} Trying again in {seconds} s.</source>
        <translation>{reason}{seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>{reason} Trying again…</source>
        <translation>{reason} 正在重试…</translation>
    </message>
</context>
<context>
    <name>SavingNotice</name>
    <message>
        <source>Everything is saved again.</source>
        <translation>所有内容均已重新保存。</translation>
    </message>
</context>
<context>
    <name>SearchStatus</name>
    <message>
        <source>Nothing found for “{words}”.</source>
        <translation>没有找到“{words}”。</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>The history cannot be searched now.</source>
        <translation>现在无法搜索历史记录。</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>找到 {count} 条</translation>
    </message>
    <message>
        <source>{count} shown; type more to narrow it down</source>
        <translation>已显示 {count} 条；多输入几个字可缩小范围</translation>
    </message>
</context>
<context>
    <name>ServerList</name>
    <message>
        <source>Add server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Ask this server</source>
        <translation>使用此服务器</translation>
    </message>
    <message>
        <source>Other, OpenAI-compatible</source>
        <translation>其他（兼容 OpenAI）</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>asked next</source>
        <translation>当前使用</translation>
    </message>
    <message>
        <source>key from the environment</source>
        <translation>API Key 来自环境变量</translation>
    </message>
    <message>
        <source>key in the keyring</source>
        <translation>API Key 在密钥环中</translation>
    </message>
    <message>
        <source>key until the app is closed</source>
        <translation>API Key 保留到应用关闭</translation>
    </message>
    <message>
        <source>needs a key</source>
        <translation>需要 API Key</translation>
    </message>
    <message>
        <source>needs no key</source>
        <translation>不需要 API Key</translation>
    </message>
    <message>
        <source>no address yet</source>
        <translation>尚无地址</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>没有 API Key</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>SideList</name>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Asking the other regions…</source>
        <translation>正在询问其他地域…</translation>
    </message>
    <message>
        <source>The key works in {place}.</source>
        <translation>此 API Key 在 {place} 可用。</translation>
    </message>
    <message>
        <source>Use {place}</source>
        <translation>使用 {place}</translation>
    </message>
</context>
<context>
    <name>TotalsLine</name>
    <message>
        <source>1 image</source>
        <translation>1 张图片</translation>
    </message>
    <message>
        <source>More than {model} takes in</source>
        <translation>超出 {model} 的容量</translation>
    </message>
    <message>
        <source>{n} images</source>
        <translation>{n} 张图片</translation>
    </message>
    <message>
        <source>≈ {n} tokens</source>
        <translation>≈ {n} Token</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Answer {number}</source>
        <translation>回答 {number}</translation>
    </message>
    <message>
        <source>Answer {number}: {words}</source>
        <translation>回答 {number}：{words}</translation>
    </message>
    <message>
        <source>Question {number}</source>
        <translation>问题 {number}</translation>
    </message>
    <message>
        <source>Question {number}: {words}</source>
        <translation>问题 {number}：{words}</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>The answer has ended.</source>
        <translation>回答已结束。</translation>
    </message>
</context>
<context>
    <name>Trial</name>
    <message>
        <source>Asking the other regions…</source>
        <translation>正在询问其他地域…</translation>
    </message>
    <message>
        <source>Asking {host}…</source>
        <translation>正在询问 {host}…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Keys that begin with sk-sp- belong to a plan, which has an address of its own.</source>
        <translation>以 sk-sp- 开头的 API Key 属于套餐，套餐有单独的地址。</translation>
    </message>
    <message>
        <source>The key works in {place}.</source>
        <translation>此 API Key 在 {place} 可用。</translation>
    </message>
    <message>
        <source>Use {place}</source>
        <translation>使用 {place}</translation>
    </message>
    <message>
        <source>{host} answered. It works.</source>
        <translation>{host} 已应答，连接正常。</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>1 conversation deleted</source>
        <translation>已删除 1 个对话</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{n} conversations deleted</source>
        <translation>已删除 {n} 个对话</translation>
    </message>
</context>
<context>
    <name>Unencrypted</name>
    <message>
        <source>Send no key there</source>
        <translation>不再向其发送 API Key</translation>
    </message>
    <message>
        <source>http:// is not encrypted. You let the key be sent there all the same.</source>
        <translation>http:// 未加密。您已允许仍向其发送 API Key。</translation>
    </message>
    <message>
        <source>http:// is not encrypted: no key is sent there unless you allow it.</source>
        <translation>http:// 未加密：未经您允许，不会向其发送 API Key。</translation>
    </message>
</context>
<context>
    <name>UnencryptedDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Send the key to {host} unencrypted?</source>
        <translation>要将 API Key 不加密地发送到 {host} 吗？</translation>
    </message>
    <message>
        <source>Send unencrypted</source>
        <translation>不加密发送</translation>
    </message>
    <message>
        <source>Whoever is on the way there can read the key, the questions and the images, and change the answers. If the server knows https://, enter its address with that instead.</source>
        <translation>途中的任何人都能读到 API Key、问题和图片，还能篡改回答。如果服务器支持 https://，请改用以它开头的地址。</translation>
    </message>
</context>
<context>
    <name>WelcomePane</name>
    <message>
        <source>A receipt</source>
        <translation>购物小票</translation>
    </message>
    <message>
        <source>An error message</source>
        <translation>报错信息</translation>
    </message>
    <message>
        <source>Ask about what is on your screen</source>
        <translation>对屏幕上的内容提问</translation>
    </message>
    <message>
        <source>Attach this sample</source>
        <translation>添加此示例</translation>
    </message>
    <message>
        <source>Connect a model…</source>
        <translation>连接模型…</translation>
    </message>
    <message>
        <source>Drop a screenshot anywhere in this window, paste it with Ctrl+V, or pick it with “+”.</source>
        <translation>将截图拖到窗口任意位置，按 Ctrl+V 粘贴，或点击“＋”选择。</translation>
    </message>
    <message>
        <source>Or try one of these:</source>
        <translation>或者试试这些示例：</translation>
    </message>
    <message>
        <source>Questions go to {model}.</source>
        <translation>问题将由 {model} 回答。</translation>
    </message>
    <message>
        <source>Reading text works now, on this device, without a key or a network. To ask questions, connect a model.</source>
        <translation>现在即可在本设备上识别文字，无需 API Key，也无需联网。要提问，请先连接模型。</translation>
    </message>
    <message>
        <source>{model} needs an API key. Reading text works without one: choose the on-device reader.</source>
        <translation>{model} 需要 API Key。如果只需识别文字，请选择“设备端识别”，无需 API Key。</translation>
    </message>
</context>
<context>
    <name>_SiblingSwitch</name>
    <message>
        <source>Next answer</source>
        <translation>下一个回答</translation>
    </message>
    <message>
        <source>Previous answer</source>
        <translation>上一个回答</translation>
    </message>
</context>
<context>
    <name>_Tools</name>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy as plain text</source>
        <translation>复制为纯文本</translation>
    </message>
    <message>
        <source>Copy as rich text</source>
        <translation>复制为富文本</translation>
    </message>
    <message>
        <source>More ways to copy</source>
        <translation>更多复制方式</translation>
    </message>
</context>
<context>
    <name>attachments</name>
    <message>
        <source>Choose pages…</source>
        <translation>选择页面…</translation>
    </message>
    <message>
        <source>Fetch the image</source>
        <translation>获取图片</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>being fetched…</source>
        <translation>正在获取…</translation>
    </message>
    <message>
        <source>being made to fit…</source>
        <translation>正在调整以符合限制…</translation>
    </message>
    <message>
        <source>cannot be fetched here: a private address</source>
        <translation>无法在此获取：内网地址</translation>
    </message>
    <message>
        <source>cannot be fetched here: no server is named</source>
        <translation>无法在此获取：未指明服务器</translation>
    </message>
    <message>
        <source>cannot be fetched here: not https</source>
        <translation>无法在此获取：不是 https</translation>
    </message>
    <message>
        <source>seen as {size}</source>
        <translation>模型所见 {size}</translation>
    </message>
    <message>
        <source>size unknown until fetched</source>
        <translation>获取后才知道尺寸</translation>
    </message>
    <message>
        <source>web addresses are not taken here</source>
        <translation>这里不接受网址</translation>
    </message>
    <message>
        <source>≈ {tokens} tokens</source>
        <translation>≈ {tokens} Token</translation>
    </message>
</context>
<context>
    <name>catalog</name>
    <message>
        <source>Current models</source>
        <translation>最新模型</translation>
    </message>
    <message>
        <source>Current models, open source</source>
        <translation>最新开源模型</translation>
    </message>
    <message>
        <source>Listed by the server</source>
        <translation>服务器提供的模型</translation>
    </message>
    <message>
        <source>Qwen</source>
        <translation>通义千问</translation>
    </message>
    <message>
        <source>Qwen, open source</source>
        <translation>通义千问开源系列</translation>
    </message>
    <message>
        <source>Special purposes</source>
        <translation>专用模型</translation>
    </message>
</context>
<context>
    <name>conversations</name>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy 年 M 月</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
</context>
<context>
    <name>endpoint</name>
    <message>
        <source>China (Beijing)</source>
        <translation>华北2（北京）</translation>
    </message>
    <message>
        <source>China (Hong Kong)</source>
        <translation>中国香港</translation>
    </message>
    <message>
        <source>Coding Plan</source>
        <translation>Coding Plan</translation>
    </message>
    <message>
        <source>Germany (Frankfurt)</source>
        <translation>德国（法兰克福）</translation>
    </message>
    <message>
        <source>Japan (Tokyo)</source>
        <translation>日本（东京）</translation>
    </message>
    <message>
        <source>Pay as you go</source>
        <translation>按量付费</translation>
    </message>
    <message>
        <source>Singapore</source>
        <translation>新加坡</translation>
    </message>
    <message>
        <source>Token Plan</source>
        <translation>Token Plan</translation>
    </message>
    <message>
        <source>US (Virginia)</source>
        <translation>美国（弗吉尼亚）</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>A question takes at most {limit} images. Left out: {names} and {more} more.</source>
        <translation>一个问题最多可带 {limit} 张图片。未添加：{names} 以及另外 {more} 张。</translation>
    </message>
    <message>
        <source>A question takes at most {limit} images. Left out: {names}.</source>
        <translation>一个问题最多可带 {limit} 张图片。未添加：{names}。</translation>
    </message>
    <message>
        <source>A web page came back instead of {host}&apos;s answer. Check the address, or whether this network wants a login first.</source>
        <translation>收到的是网页，而不是 {host} 的回答。请检查地址，或确认当前网络是否需要先登录。</translation>
    </message>
    <message>
        <source>An image is too large for {host}. It can be sent smaller.</source>
        <translation>有图片对 {host} 来说太大，可以缩小后发送。</translation>
    </message>
    <message>
        <source>Another program is using the history. Conversations are saved as soon as it lets go.</source>
        <translation>另一个程序正在使用历史记录。一旦释放，对话就会保存。</translation>
    </message>
    <message>
        <source>Another version of Viewfinder is running. Close it, and try again.</source>
        <translation>另一个版本的 Viewfinder 正在运行。请关闭它后重试。</translation>
    </message>
    <message>
        <source>Conversations cannot be saved in {folder}. This one stays in memory until they can be.</source>
        <translation>无法将对话保存到 {folder}。在可以保存之前，此对话保留在内存中。</translation>
    </message>
    <message>
        <source>No secure connection to {host}: its certificate has expired, or the clock here is wrong.</source>
        <translation>无法与 {host} 建立安全连接：对方证书已过期，或本机时钟不准。</translation>
    </message>
    <message>
        <source>No secure connection to {host}: its certificate is not trusted here.</source>
        <translation>无法与 {host} 建立安全连接：本机不信任其证书。</translation>
    </message>
    <message>
        <source>No secure connection to {host}: its certificate is not valid yet. Is the clock here right?</source>
        <translation>无法与 {host} 建立安全连接：对方证书尚未生效。本机时钟准确吗？</translation>
    </message>
    <message>
        <source>No secure connection to {host}: nobody trusted here has issued its certificate. In a company&apos;s network, set the company&apos;s certificate file in the settings.</source>
        <translation>无法与 {host} 建立安全连接：其证书并非由本机信任的机构签发。在公司网络中，请在设置里选择公司的证书文件。</translation>
    </message>
    <message>
        <source>No secure connection: what answers as {host} has the certificate of another server.</source>
        <translation>无法建立安全连接：自称 {host} 的服务器出示的是另一台服务器的证书。</translation>
    </message>
    <message>
        <source>None of the regions takes the API key. Check it in the settings, or make a new one.</source>
        <translation>所有地域都不接受此 API Key。请在设置中检查，或新建一个。</translation>
    </message>
    <message>
        <source>Not everything is saved yet. Close the window again to give that up.</source>
        <translation>仍有内容未保存。再次关闭窗口将放弃这些内容。</translation>
    </message>
    <message>
        <source>Nothing answers at {host}. Is the server running?</source>
        <translation>{host} 没有任何响应。服务器在运行吗？</translation>
    </message>
    <message>
        <source>Nothing can be written in {folder}: conversations are kept in memory only, until it can.</source>
        <translation>无法写入 {folder}：在可以写入之前，对话只保留在内存中。</translation>
    </message>
    <message>
        <source>Nothing was sent to {host}: over http://, whoever is on the way can read the key, the question and the images. Use https:// if the server knows it.</source>
        <translation>没有向 {host} 发送任何内容：使用 http:// 时，途中的任何人都能读到 API Key、问题和图片。如果服务器支持，请使用 https://。</translation>
    </message>
    <message>
        <source>Other users of this computer can change the settings file. It was set aside as {aside}; defaults are used.</source>
        <translation>这台电脑的其他用户可以更改设置文件。该文件已另存为 {aside}，现使用默认设置。</translation>
    </message>
    <message>
        <source>Reading “{name}” failed. The other images are fine.</source>
        <translation>读取“{name}”失败。其他图片不受影响。</translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation>出错了。</translation>
    </message>
    <message>
        <source>The address of {name} is longer than {limit} KB.</source>
        <translation>{name} 的网址超过 {limit} KB。</translation>
    </message>
    <message>
        <source>The certificate file {file} cannot be used.</source>
        <translation>证书文件 {file} 无法使用。</translation>
    </message>
    <message>
        <source>The connection to {host} broke off.</source>
        <translation>与 {host} 的连接已中断。</translation>
    </message>
    <message>
        <source>The conversation has become too long for the model. Ask without what was said before.</source>
        <translation>对话对模型来说太长了。请不带之前的内容提问。</translation>
    </message>
    <message>
        <source>The conversation is too long for the model, which holds {limit} tokens. Ask without what was said before.</source>
        <translation>对话太长，模型最多容纳 {limit} 个 Token。请不带之前的内容提问。</translation>
    </message>
    <message>
        <source>The disk is full: this conversation is not saved yet. It will be as soon as there is space.</source>
        <translation>磁盘已满：此对话尚未保存。一有空间就会保存。</translation>
    </message>
    <message>
        <source>The folder “{name}” holds no image that can be read here.</source>
        <translation>文件夹“{name}”中没有可以读取的图片。</translation>
    </message>
    <message>
        <source>The history in {folder} was written by a newer version of Viewfinder. It is left as it is; new conversations are kept until the app is closed.</source>
        <translation>{folder} 中的历史记录由更新版本的 Viewfinder 写入，现保持原样；新对话只保留到应用关闭为止。</translation>
    </message>
    <message>
        <source>The history was damaged and could not be read. It was set aside as {aside}.</source>
        <translation>历史记录已损坏，无法读取，已另存为 {aside}。</translation>
    </message>
    <message>
        <source>The history was damaged. It was set aside as {aside}; {conversations} conversations could be read and are here.</source>
        <translation>历史记录已损坏，已另存为 {aside}；其中 {conversations} 个对话可以读取，已恢复。</translation>
    </message>
    <message>
        <source>The image “{name}” is not in the history any more, so the question cannot be asked again.</source>
        <translation>图片“{name}”已不在历史记录中，因此无法再次提问。</translation>
    </message>
    <message>
        <source>The images cannot be sent any smaller, or nothing could be read in them. Ask with fewer.</source>
        <translation>图片已无法再缩小，否则将无法辨认。请减少图片后再提问。</translation>
    </message>
    <message>
        <source>The name {host} is not known here. Check the address, or whether this computer is online.</source>
        <translation>无法解析名称 {host}。请检查地址，或确认本机是否已联网。</translation>
    </message>
    <message>
        <source>The on-device reader failed.</source>
        <translation>设备端识别失败。</translation>
    </message>
    <message>
        <source>The on-device reader reads text from images. Add an image first.</source>
        <translation>设备端识别用于识别图片中的文字，请先添加图片。</translation>
    </message>
    <message>
        <source>The on-device reader stopped working on this image.</source>
        <translation>设备端识别在处理这张图片时意外停止。</translation>
    </message>
    <message>
        <source>The proxy settings cannot be used. Correct them and try again.</source>
        <translation>代理设置无法使用。请更正后重试。</translation>
    </message>
    <message>
        <source>The proxy {proxy} cannot be reached. Check it, or do without it.</source>
        <translation>无法连接代理 {proxy}。请检查代理，或不使用代理。</translation>
    </message>
    <message>
        <source>The proxy {proxy} did not accept the user name and the password, or wants some.</source>
        <translation>代理 {proxy} 需要用户名和密码，或不接受所给的用户名和密码。</translation>
    </message>
    <message>
        <source>The proxy {proxy} does not connect to {host}.</source>
        <translation>代理 {proxy} 不肯连接到 {host}。</translation>
    </message>
    <message>
        <source>The question is too long for “{model}” at {host}. Shorten it, or choose another model.</source>
        <translation>问题对 {host} 的“{model}”来说太长。请缩短问题，或换一个模型。</translation>
    </message>
    <message>
        <source>The region {region} needs the ID of a workspace. Enter it in the settings.</source>
        <translation>地域 {region} 需要业务空间 ID。请在设置中填写。</translation>
    </message>
    <message>
        <source>The request is too large for {host}. Send fewer or smaller images.</source>
        <translation>请求超出 {host} 的大小限制。请减少图片数量或使用较小的图片。</translation>
    </message>
    <message>
        <source>The settings could not be saved in {folder}.</source>
        <translation>无法将设置保存到 {folder}。</translation>
    </message>
    <message>
        <source>The settings file was damaged. It was set aside as {aside}; defaults are used.</source>
        <translation>设置文件已损坏，已另存为 {aside}，现使用默认设置。</translation>
    </message>
    <message>
        <source>The settings file {file} cannot be read; defaults are used.</source>
        <translation>无法读取设置文件 {file}，现使用默认设置。</translation>
    </message>
    <message>
        <source>The system keyring did not answer.</source>
        <translation>系统密钥环没有响应。</translation>
    </message>
    <message>
        <source>The system keyring has not answered for {seconds} seconds.</source>
        <translation>系统密钥环已 {seconds} 秒没有响应。</translation>
    </message>
    <message>
        <source>The system keyring is locked. Unlock it, or enter the key again.</source>
        <translation>系统密钥环已锁定。请解锁，或重新输入 API Key。</translation>
    </message>
    <message>
        <source>There is no way to {host}: this computer seems to be offline.</source>
        <translation>无法到达 {host}：本机似乎没有联网。</translation>
    </message>
    <message>
        <source>These are too many images at once. Drop them on Viewfinder&apos;s window instead.</source>
        <translation>一次打开的图片太多。请将它们拖放到 Viewfinder 窗口中。</translation>
    </message>
    <message>
        <source>This conversation is not in the history any more.</source>
        <translation>此对话已不在历史记录中。</translation>
    </message>
    <message>
        <source>This system has no keyring. The key is kept until the app is closed.</source>
        <translation>此系统没有密钥环。API Key 只保留到关闭应用为止。</translation>
    </message>
    <message>
        <source>Viewfinder is already running, but does not answer. Wait a moment, or end it, and try again.</source>
        <translation>Viewfinder 已在运行，但没有响应。请稍等片刻，或结束它后重试。</translation>
    </message>
    <message>
        <source>Viewfinder is already running.</source>
        <translation>Viewfinder 已在运行。</translation>
    </message>
    <message>
        <source>What lies at {name} is larger than {limit} MB.</source>
        <translation>{name} 处的文件超过 {limit} MB。</translation>
    </message>
    <message>
        <source>What lies at {name} is not an image.</source>
        <translation>{name} 处的文件不是图片。</translation>
    </message>
    <message>
        <source>{count} images cannot be used: {names} and {more} more.</source>
        <translation>有 {count} 张图片无法使用：{names} 以及另外 {more} 张。</translation>
    </message>
    <message>
        <source>{count} images cannot be used: {names}.</source>
        <translation>有 {count} 张图片无法使用：{names}。</translation>
    </message>
    <message>
        <source>{host} and this computer found no common way to speak securely.</source>
        <translation>{host} 与本机没有共同支持的安全连接方式。</translation>
    </message>
    <message>
        <source>{host} answered with nothing at all.</source>
        <translation>{host} 的回答是空的。</translation>
    </message>
    <message>
        <source>{host} answered, but not like a model&apos;s server. Check the address in the settings.</source>
        <translation>{host} 有应答，但不像是模型服务器。请在设置中检查地址。</translation>
    </message>
    <message>
        <source>{host} cannot be reached. Check the network and the address.</source>
        <translation>无法连接 {host}。请检查网络和地址。</translation>
    </message>
    <message>
        <source>{host} could not answer.</source>
        <translation>{host} 未能回答。</translation>
    </message>
    <message>
        <source>{host} could not open an image&apos;s web address. Attach the image itself, or try again.</source>
        <translation>{host} 打不开图片的网址。请直接附上图片，或重试。</translation>
    </message>
    <message>
        <source>{host} did not accept the request: {reason}</source>
        <translation>{host} 未接受请求：{reason}</translation>
    </message>
    <message>
        <source>{host} did not take the connection for {seconds} seconds.</source>
        <translation>{host} 在 {seconds} 秒内没有接受连接。</translation>
    </message>
    <message>
        <source>{host} does not allow this key to use this model.</source>
        <translation>{host} 不允许此 API Key 使用此模型。</translation>
    </message>
    <message>
        <source>{host} does not answer in the country or region that the question seems to come from.</source>
        <translation>{host} 不向提问似乎来自的国家或地区提供服务。</translation>
    </message>
    <message>
        <source>{host} does not speak https. If it is yours, write http:// before its address.</source>
        <translation>{host} 不使用 https。如果这是您自己的服务器，请在地址前写 http://。</translation>
    </message>
    <message>
        <source>{host} failed to answer (status {status}).</source>
        <translation>{host} 未能回答（状态码 {status}）。</translation>
    </message>
    <message>
        <source>{host} failed while it answered.</source>
        <translation>{host} 在回答过程中出错了。</translation>
    </message>
    <message>
        <source>{host} has been silent for {seconds} seconds.</source>
        <translation>{host} 已 {seconds} 秒没有响应。</translation>
    </message>
    <message>
        <source>{host} has no model “{model}”, or not for this key.</source>
        <translation>{host} 没有模型“{model}”，或此 API Key 无权使用该模型。</translation>
    </message>
    <message>
        <source>{host} has reached a limit and asks to wait {seconds} seconds.</source>
        <translation>{host} 已达到限额，要求等待 {seconds} 秒。</translation>
    </message>
    <message>
        <source>{host} is busy or its rate limit is reached.</source>
        <translation>{host} 繁忙，或已达到速率限制。</translation>
    </message>
    <message>
        <source>{host} is still loading the model.</source>
        <translation>{host} 仍在加载模型。</translation>
    </message>
    <message>
        <source>{host} refused because of the account: check its balance or quota.</source>
        <translation>{host} 因账号原因拒绝了请求：请检查余额或额度。</translation>
    </message>
    <message>
        <source>{host} refused the content of the question, an image or the answer.</source>
        <translation>{host} 因问题、图片或回答的内容而拒绝了请求。</translation>
    </message>
    <message>
        <source>{host} refused the request (status {status}).</source>
        <translation>{host} 拒绝了请求（状态码 {status}）。</translation>
    </message>
    <message>
        <source>{host} rejected the API key. Check it in the settings.</source>
        <translation>{host} 拒绝了此 API Key。请在设置中检查。</translation>
    </message>
    <message>
        <source>{host} rejected the API key. Each key belongs to one region: the others can be tried.</source>
        <translation>{host} 拒绝了 API Key。每个 API Key 只属于一个地域：可以试试其他地域。</translation>
    </message>
    <message>
        <source>{host} rejected the API key. Keys that begin with sk-sp- belong to a plan, and only they are taken at its address: the others can be tried.</source>
        <translation>{host} 拒绝了 API Key。以 sk-sp- 开头的 API Key 属于套餐，套餐的地址也只接受这类 API Key：可以试试其他地址。</translation>
    </message>
    <message>
        <source>{host} sends questions on to {target}. If you trust it, enter that address.</source>
        <translation>{host} 要把问题转到 {target}。如果信任它，请填写该地址。</translation>
    </message>
    <message>
        <source>{host} sent {millions} million characters and went on. The answer was ended here.</source>
        <translation>{host} 发送了 {millions} 百万个字符后仍未停止，回答已在此处结束。</translation>
    </message>
    <message>
        <source>{host} wants an API key. Enter one in the settings.</source>
        <translation>{host} 需要 API Key。请在设置中输入。</translation>
    </message>
    <message>
        <source>{name} cannot be reached, or gave no file.</source>
        <translation>无法访问 {name}，或没有得到文件。</translation>
    </message>
    <message>
        <source>{name} could not be fetched.</source>
        <translation>无法获取 {name}。</translation>
    </message>
    <message>
        <source>{name} is not fetched: it leads into a private network.</source>
        <translation>未获取 {name}：它指向内部网络。</translation>
    </message>
    <message>
        <source>{name} is not fetched: only https addresses are.</source>
        <translation>未获取 {name}：只获取 https 地址。</translation>
    </message>
    <message>
        <source>{name} was not there within {seconds} seconds.</source>
        <translation>{seconds} 秒内未能获取 {name}。</translation>
    </message>
    <message>
        <source>“{address}” is not a web address that can be used.</source>
        <translation>“{address}”不是可用的网址。</translation>
    </message>
    <message>
        <source>“{address}” is not the address of a proxy, such as http://proxy.example:8080.</source>
        <translation>“{address}”不是代理服务器的地址。正确的写法如 http://proxy.example:8080。</translation>
    </message>
    <message>
        <source>“{model}” at {host} takes fewer images at once. Ask about fewer of them.</source>
        <translation>{host} 的“{model}”一次接受不了这么多图片。请减少图片后再问。</translation>
    </message>
    <message>
        <source>“{model}” at {host} takes no images. Choose a model that does.</source>
        <translation>{host} 的“{model}”不接受图片。请选择支持图片的模型。</translation>
    </message>
    <message>
        <source>“{name}” cannot be found. Was it moved or deleted?</source>
        <translation>找不到“{name}”。它是否已被移动或删除？</translation>
    </message>
    <message>
        <source>“{name}” cannot be made to fit the server&apos;s limit of {limit} MB.</source>
        <translation>无法使“{name}”符合服务器 {limit} MB 的上限。</translation>
    </message>
    <message>
        <source>“{name}” cannot be used.</source>
        <translation>无法使用“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” could not be opened for reading.</source>
        <translation>无法打开“{name}”进行读取。</translation>
    </message>
    <message>
        <source>“{name}” has {pages} pages; there is no page {page}.</source>
        <translation>“{name}”共 {pages} 页，没有第 {page} 页。</translation>
    </message>
    <message>
        <source>“{name}” has {width} × {height} pixels. Models take more than 10 pixels a side and at most 200 : 1.</source>
        <translation>“{name}”为 {width} × {height} 像素。模型要求每边大于 10 像素，且长宽比不超过 200 : 1。</translation>
    </message>
    <message>
        <source>“{name}” is damaged or cut short.</source>
        <translation>“{name}”已损坏或不完整。</translation>
    </message>
    <message>
        <source>“{name}” is empty (0 bytes).</source>
        <translation>“{name}”是空文件（0 字节）。</translation>
    </message>
    <message>
        <source>“{name}” is larger than {limit} MB.</source>
        <translation>“{name}”超过 {limit} MB。</translation>
    </message>
    <message>
        <source>“{name}” is not a file. Drop the images themselves.</source>
        <translation>“{name}”不是文件。请直接拖入图片。</translation>
    </message>
    <message>
        <source>“{name}” is not an image that can be read here: PNG, JPEG, WebP, HEIC, AVIF, TIFF, GIF, BMP, JPEG 2000, TGA or PSD.</source>
        <translation>“{name}”不是这里能读取的图片：PNG、JPEG、WebP、HEIC、AVIF、TIFF、GIF、BMP、JPEG 2000、TGA 或 PSD。</translation>
    </message>
    <message>
        <source>“{name}” lies on another computer, {host}. Copy it to this one, and add it from here.</source>
        <translation>“{name}”位于另一台电脑 {host} 上。请先把它复制到这台电脑，再从这里添加。</translation>
    </message>
    <message>
        <source>“{name}” says it has {width} × {height} pixels; the limit is {limit} megapixels.</source>
        <translation>“{name}”标称 {width} × {height} 像素，超出上限（{limit} 百万像素）。</translation>
    </message>
    <message>
        <source>“{name}” was not read within {seconds} seconds. The other images are fine.</source>
        <translation>{seconds} 秒内未能读取“{name}”。其他图片不受影响。</translation>
    </message>
</context>
<context>
    <name>hits</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>提问</translation>
    </message>
</context>
<context>
    <name>images</name>
    <message>
        <source>colours to sRGB</source>
        <translation>颜色转为 sRGB</translation>
    </message>
    <message>
        <source>first of {count} frames</source>
        <translation>共 {count} 帧，取第一帧</translation>
    </message>
    <message>
        <source>frame {number} of {count}</source>
        <translation>第 {number} 帧，共 {count} 帧</translation>
    </message>
    <message>
        <source>page {number} of {count}</source>
        <translation>第 {number} 页，共 {count} 页</translation>
    </message>
    <message>
        <source>re-encoded as {after}</source>
        <translation>重新编码为 {after}</translation>
    </message>
    <message>
        <source>re-encoded as {after}, high quality</source>
        <translation>重新编码为高质量 {after}</translation>
    </message>
    <message>
        <source>re-encoded: {before} → {after}</source>
        <translation>已转换格式：{before} → {after}</translation>
    </message>
    <message>
        <source>re-encoded: {before} → {after}, high quality</source>
        <translation>重新编码：{before} → {after}，高质量</translation>
    </message>
    <message>
        <source>shrunk from {size}</source>
        <translation>由 {size} 缩小</translation>
    </message>
    <message>
        <source>to 8 bits a channel</source>
        <translation>转为每通道 8 位</translation>
    </message>
    <message>
        <source>transparency on black</source>
        <translation>透明部分垫黑底</translation>
    </message>
    <message>
        <source>transparency on white</source>
        <translation>透明部分垫白底</translation>
    </message>
    <message>
        <source>turned upright</source>
        <translation>已旋转为正向</translation>
    </message>
    <message>
        <source>{what}: the limit in bytes</source>
        <translation>{what}：字节限制</translation>
    </message>
    <message>
        <source>{what}: the limit in pixels</source>
        <translation>{what}：像素限制</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>&amp;About Viewfinder</source>
        <translation>关于 Viewfinder(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Add images…</source>
        <translation>添加图片(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation>关闭窗口(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Conversation</source>
        <translation>对话(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Conversation list</source>
        <translation>对话列表(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Copy diagnostics</source>
        <translation>复制诊断信息(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Find in conversation…</source>
        <translation>在对话中查找(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>放大文字(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;New conversation</source>
        <translation>新对话(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Next message</source>
        <translation>下一条消息(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Normal text size</source>
        <translation>默认文字大小(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Previous message</source>
        <translation>上一条消息(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Search all conversations…</source>
        <translation>搜索所有对话(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>缩小文字(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop the answer</source>
        <translation>停止回答(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Add &amp;web address…</source>
        <translation>添加网址(&amp;W)…</translation>
    </message>
    <message>
        <source>Ask &amp;again</source>
        <translation>重新回答(&amp;A)</translation>
    </message>
    <message>
        <source>Choose a &amp;model…</source>
        <translation>选择模型(&amp;M)…</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>查找下一处(&amp;N)</translation>
    </message>
    <message>
        <source>Find pre&amp;vious</source>
        <translation>查找上一处(&amp;V)</translation>
    </message>
    <message>
        <source>New conversation that is not &amp;kept</source>
        <translation>新建不保存的对话(&amp;K)</translation>
    </message>
    <message>
        <source>P&amp;in</source>
        <translation>置顶(&amp;I)</translation>
    </message>
    <message>
        <source>Paste the p&amp;icture instead of the text</source>
        <translation>粘贴图片而非文字(&amp;I)</translation>
    </message>
</context>
<context>
    <name>model</name>
    <message>
        <source>1 model</source>
        <translation>1 个模型</translation>
    </message>
    <message>
        <source>On this device</source>
        <translation>本设备</translation>
    </message>
    <message>
        <source>On-device reader</source>
        <translation>设备端识别</translation>
    </message>
    <message>
        <source>Reads text on this device · no key, no network</source>
        <translation>在本设备上识别文字 · 无需 API Key，无需联网</translation>
    </message>
    <message>
        <source>always thinks</source>
        <translation>始终思考</translation>
    </message>
    <message>
        <source>answer {n}</source>
        <translation>回答 {n}</translation>
    </message>
    <message>
        <source>asking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>can think</source>
        <translation>支持思考</translation>
    </message>
    <message>
        <source>context {n}</source>
        <translation>上下文 {n}</translation>
    </message>
    <message>
        <source>needs a key</source>
        <translation>需要 API Key</translation>
    </message>
    <message>
        <source>no images</source>
        <translation>不支持图片</translation>
    </message>
    <message>
        <source>no list</source>
        <translation>无法获取列表</translation>
    </message>
    <message>
        <source>not listed</source>
        <translation>不在列表中</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>{n} models</source>
        <translation>{n} 个模型</translation>
    </message>
    <message>
        <source>{server} · found on this computer</source>
        <translation>{server} · 在此电脑上发现</translation>
    </message>
    <message>
        <source>{sign}{prompt} / {sign}{completion} per M tokens</source>
        <translation>{sign}{prompt} / {sign}{completion} 每百万 Token</translation>
    </message>
</context>
<context>
    <name>notices</name>
    <message>
        <source>Asked without what was said before.</source>
        <translation>提问时没有带上之前的内容。</translation>
    </message>
    <message>
        <source>Hard to read in code block {block}: line {lines}. Compare with the image.</source>
        <translation>第 {block} 个代码块难以辨认：第 {lines} 行。请与图片对照。</translation>
    </message>
    <message>
        <source>If the image is turned, switch on “Rotated photo” and ask again.</source>
        <translation>如果图片方向不正，请打开“旋转的照片”后重新提问。</translation>
    </message>
    <message>
        <source>Image {image} could not be read.</source>
        <translation>无法读取第 {image} 张图片。</translation>
    </message>
    <message>
        <source>No text was found in this image.</source>
        <translation>此图片中未找到文字。</translation>
    </message>
    <message>
        <source>The images were sent smaller: {sizes}.</source>
        <translation>图片已缩小后发送：{sizes}。</translation>
    </message>
    <message>
        <source>The on-device reader cannot answer questions; it only reads text. Here is what it read.</source>
        <translation>设备端识别只能识别文字，不能回答问题。以下是识别结果。</translation>
    </message>
    <message>
        <source>The on-device reader does not open web addresses.</source>
        <translation>设备端识别不会打开网址。</translation>
    </message>
    <message>
        <source>The on-device reader found no text.</source>
        <translation>设备端识别没有找到文字。</translation>
    </message>
    <message>
        <source>The server does not take “{fields}”; the question was sent again without it.</source>
        <translation>服务器不接受“{fields}”，已去掉后重新发送问题。</translation>
    </message>
    <message>
        <source>The server marked the whole answer as thinking; it is shown as the answer too.</source>
        <translation>服务器把整个回答都标成了思考，这里也把它显示为回答。</translation>
    </message>
    <message>
        <source>The server takes {limit} images at once; the oldest were left out: {names}.</source>
        <translation>服务器一次最多接收 {limit} 张图片，最早的图片未发送：{names}。</translation>
    </message>
    <message>
        <source>This model only answers while it writes; the question was sent again so.</source>
        <translation>此模型只能以流式方式回答，已改用流式重新发送问题。</translation>
    </message>
    <message>
        <source>What is set in italics was hard to read: compare it with the image.</source>
        <translation>斜体部分难以辨认：请与图片对照。</translation>
    </message>
</context>
<context>
    <name>steps</name>
    <message>
        <source>Ask only this question</source>
        <translation>只问这个问题</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Open network settings</source>
        <translation>打开网络设置</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Send images smaller</source>
        <translation>缩小图片后发送</translation>
    </message>
    <message>
        <source>Send unencrypted…</source>
        <translation>不加密发送…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Try the other regions</source>
        <translation>试试其他地域</translation>
    </message>
</context>
</TS>
