"""Words for where questions go."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.settings import Endpoint, Region


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


def provider_name(endpoint: Endpoint, host: str) -> str:
    """Short enough to stand beside a model's name."""
    return "DashScope" if endpoint.provider == "dashscope" else host
