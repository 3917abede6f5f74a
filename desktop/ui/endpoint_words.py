"""Words for where questions go."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.endpoints import has_regions, profile_of, provider_host
from desktop.domain.settings import Endpoint, Plan, Region
from desktop.domain.visible import on_one_line


def region_name(region: Region) -> str:
    match region:
        case "cn-beijing":
            return QCoreApplication.translate("endpoint", "China (Beijing)")
        case "ap-southeast-1":
            return QCoreApplication.translate("endpoint", "Singapore")
        case "us-east-1":
            return QCoreApplication.translate("endpoint", "US (Virginia)")
        case "cn-hongkong":
            return QCoreApplication.translate("endpoint", "China (Hong Kong)")
        case "eu-central-1":
            return QCoreApplication.translate("endpoint", "Germany (Frankfurt)")
        case "ap-northeast-1":
            return QCoreApplication.translate("endpoint", "Japan (Tokyo)")


def plan_name(plan: Plan) -> str:
    match plan:
        case "usage":
            return QCoreApplication.translate("endpoint", "Pay as you go")
        case "coding":
            return QCoreApplication.translate("endpoint", "Coding Plan")
        case "token":
            return QCoreApplication.translate("endpoint", "Token Plan")


def provider_name(endpoint: Endpoint, host: str) -> str:
    """Short enough to stand beside a model's name."""
    return on_one_line(host) if endpoint.provider == "custom" else profile_of(endpoint).name


def place_name(endpoint: Endpoint) -> str:
    """Which of a service's addresses it is: the region, and the plan if there is one; else the host."""
    if not has_regions(endpoint):
        return on_one_line(provider_host(endpoint))
    region = region_name(endpoint.region)
    return region if endpoint.plan == "usage" else f"{region} · {plan_name(endpoint.plan)}"


def server_name(endpoint: Endpoint) -> str:
    """What tells it from the servers beside it, in one line."""
    profile, place = profile_of(endpoint), place_name(endpoint)
    if endpoint.provider == "custom":
        return place or profile.name
    is_usual = not has_regions(endpoint) and endpoint.base_url in ("", profile.base_url)
    return profile.name if is_usual or not place else f"{profile.name} · {place}"
