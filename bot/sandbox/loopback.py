"""What counts as this machine: the sandbox neither listens nor posts beyond it."""

from ipaddress import ip_address


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address means this machine only."""
    if not host:
        return False
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
