"""Words for where questions go."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.endpoints import profile_of
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
        case "eu-central-1":
            return QCoreApplication.translate("endpoint", "Germany (Frankfurt)")
        case "ap-northeast-1":
            return QCoreApplication.translate("endpoint", "Japan (Tokyo)")


def provider_name(endpoint: Endpoint, host: str) -> str:
    """Short enough to stand beside a model's name."""
    return host if endpoint.provider == "custom" else profile_of(endpoint).name
