"""Files of a box: Wi-Fi, addresses and names, firewall, services, and how to install them."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final

from ecomusee.box.instructions import instructions
from ecomusee.box.settings import PREFIX, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecomusee.box.settings import BoxSettings

HOSTAPD: Final = "etc/hostapd/hostapd.conf"
DNSMASQ: Final = "etc/dnsmasq.d/ecomusee.conf"
NFTABLES: Final = "etc/ecomusee/nftables.conf"
NETWORK_UNIT: Final = "etc/systemd/system/ecomusee-network.service"
SERVER_UNIT: Final = "etc/systemd/system/ecomusee.service"
HOSTAPD_DROP_IN: Final = "etc/systemd/system/hostapd.service.d/ecomusee.conf"
DNSMASQ_DROP_IN: Final = "etc/systemd/system/dnsmasq.service.d/ecomusee.conf"
NETWORK_MANAGER: Final = "etc/NetworkManager/conf.d/ecomusee.conf"
RENEWAL_HOOK: Final = "etc/letsencrypt/renewal-hooks/deploy/ecomusee"
UNITS: Final = (NETWORK_UNIT, SERVER_UNIT)
_FIRST_PHONE, _LAST_PHONE = 20, 250
_FIRST_5_GHZ: Final = 36
_HEADER: Final = "# Written by `ecomusee box`: to change it, run that again.\n"


def box_files(settings: BoxSettings, checks: Iterable[str]) -> dict[str, bytes]:
    """Return the content of every file of a box, by its path within the folder.

    Parameters
    ----------
    settings
        Free of errors.
    checks
        Hosts that phones ask whether there is internet; the server answers for them.
    """
    texts = {
        HOSTAPD: _hostapd(settings),
        DNSMASQ: _dnsmasq(settings, checks),
        NFTABLES: _nftables(settings),
        NETWORK_UNIT: _network_unit(settings),
        SERVER_UNIT: _server_unit(settings),
        HOSTAPD_DROP_IN: _DROP_IN,
        DNSMASQ_DROP_IN: _DROP_IN,
        NETWORK_MANAGER: _network_manager(settings),
        RENEWAL_HOOK: _renewal_hook(settings),
        **instructions(settings),
    }
    files = {name: text.encode() for name, text in texts.items()}
    # Last: what is kept of the settings must never run ahead of the files.
    return {**files, SETTINGS_FILE: settings.as_json()}


def file_mode(name: str) -> int:
    """Return the mode of a file: a passphrase is for the administrator, a hook is run."""
    if name in (HOSTAPD, SETTINGS_FILE):
        return 0o600
    return 0o755 if name == RENEWAL_HOOK else 0o644


def _hostapd(settings: BoxSettings) -> str:
    is_5_ghz = settings.channel >= _FIRST_5_GHZ
    radio = "hw_mode=a\nieee80211ac=1\n" if is_5_ghz else "hw_mode=g\n"
    protection = (
        f"""wpa=2
wpa_key_mgmt=WPA-PSK
rsn_pairwise=CCMP
ieee80211w=1
wpa_passphrase={settings.passphrase}
"""
        if settings.passphrase
        else "# Open: no passphrase to type, and nothing on the air is encrypted but HTTPS.\n"
    )
    return f"""{_HEADER}interface={settings.interface}
driver=nl80211
country_code={settings.country}
ieee80211d=1
ssid={settings.ssid}
utf8_ssid=1
channel={settings.channel}
{radio}ieee80211n=1
wmm_enabled=1
auth_algs=1
# Phones see the box and not each other.
ap_isolate=1
{protection}"""


def _dnsmasq(settings: BoxSettings, checks: Iterable[str]) -> str:
    base = int(settings.network.network_address)
    first, last = (
        ipaddress.IPv4Address(base + place) for place in (_FIRST_PHONE, _LAST_PHONE)
    )
    asked = "".join(f"host-record={host},{settings.address}\n" for host in checks)
    return f"""{_HEADER}interface={settings.interface}
except-interface=lo
bind-dynamic
no-resolv
no-hosts
no-poll

# The museum's name leads to the box; nobody else is asked, and no other name exists.
host-record={settings.name},{settings.address}
local=/#/
local-ttl=60
cache-size=0

# What phones ask to learn whether they may stay on the network; `ecomusee serve` answers.
{asked}
dhcp-range={first},{last},{settings.network.netmask},1h
dhcp-option=option:router,{settings.address}
dhcp-option=option:dns-server,{settings.address}
# RFC 8910: where the captive portal API (RFC 8908) tells that nobody is held captive.
dhcp-option=114,https://{settings.name}/captive-portal
dhcp-authoritative
dhcp-rapid-commit
# Phones are not remembered: leases are in memory, and no log names them.
dhcp-leasefile=/run/ecomusee.leases
quiet-dhcp
"""


def _nftables(settings: BoxSettings) -> str:
    card = settings.interface
    return f"""#!/usr/sbin/nft -f
{_HEADER}table inet ecomusee
delete table inet ecomusee
table inet ecomusee {{
    chain forward {{
        type filter hook forward priority filter; policy accept;
        # No way out, told at once: programs that look for the internet do not hang.
        iifname "{card}" reject with icmpx admin-prohibited
        oifname "{card}" drop
    }}
    chain input {{
        type filter hook input priority filter; policy accept;
        iifname != "{card}" accept
        ct state established,related accept
        meta l4proto {{ icmp, icmpv6 }} accept
        udp dport {{ 53, 67 }} accept
        tcp dport {{ 53, 80, 443 }} accept
        reject with icmpx admin-prohibited
    }}
}}
"""


def _network_unit(settings: BoxSettings) -> str:
    card, address = settings.interface, f"{settings.address}/{PREFIX}"
    # As `systemd-escape --path` writes it.
    device = f"sys-subsystem-net-devices-{card.replace('-', chr(92) + 'x2d')}.device"
    return f"""{_HEADER}[Unit]
Description=Address and firewall of the museum's Wi-Fi
BindsTo={device}
After={device}
Before=hostapd.service dnsmasq.service ecomusee.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f /etc/ecomusee/nftables.conf
ExecStart=/usr/sbin/ip address replace {address} dev {card}
ExecStop=-/usr/sbin/ip address delete {address} dev {card}

[Install]
WantedBy=multi-user.target
"""


def _server_unit(settings: BoxSettings) -> str:
    guide = " --guide" if settings.guide else ""
    return f"""{_HEADER}[Unit]
Description=The museum's visit on its own Wi-Fi
Requires=ecomusee-network.service
After=ecomusee-network.service

[Service]
ExecStart={settings.program} serve --release {settings.releases} --host {settings.address} \\
    --port 443 --plain-port 80 --certificate {settings.certificate} --key {settings.key} \\
    --portal {settings.name}{guide}
User=ecomusee
Group=ecomusee
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
"""


_DROP_IN = f"""{_HEADER}[Unit]
Requires=ecomusee-network.service
After=ecomusee-network.service

[Service]
Restart=on-failure
RestartSec=5
"""


def _network_manager(settings: BoxSettings) -> str:
    return f"""{_HEADER}[keyfile]
unmanaged-devices=interface-name:{settings.interface}
"""


def _renewal_hook(settings: BoxSettings) -> str:
    # Each is replaced whole; the server takes both up by itself within a minute.
    return f"""#!/bin/sh
{_HEADER}# certbot runs it after each renewal: the server reads copies, and not certbot's own folder.
set -eu
copy() {{
    install -D -m 0640 -g ecomusee "$RENEWED_LINEAGE/$1" "$2.new"
    mv "$2.new" "$2"
}}
copy privkey.pem {settings.key}
copy fullchain.pem {settings.certificate}
"""
