//! Behind which proxies the site stands, and from which address a request really came.
//!
//! `X-Forwarded-For` is whatever its sender wrote: it counts only as far as the office's own proxies wrote it.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap},
};

/// Addresses that share their first bits, e.g. `10.0.0.0/8` or `2001:db8::/32`; one address without `/`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Network {
    start: IpAddr,
    bits: u8,
}

/// Text that names neither an address nor a network.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("neither an address nor a network")]
pub struct NoNetwork;

impl FromStr for Network {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| NoNetwork)?)),
            None => (text.trim(), None),
        };
        let start: IpAddr = address.parse().map_err(|_| NoNetwork)?;
        let most = if start.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits > most { Err(NoNetwork) } else { Ok(Self { start, bits }) }
    }
}

impl Network {
    /// Whether an address belongs to it.
    fn holds(self, address: IpAddr) -> bool {
        match (self.start, address) {
            (IpAddr::V4(start), IpAddr::V4(address)) => {
                let shift = 32 - u32::from(self.bits);
                (start.to_bits() ^ address.to_bits()).checked_shr(shift).unwrap_or(0) == 0
            }
            (IpAddr::V6(start), IpAddr::V6(address)) => {
                let shift = 128 - u32::from(self.bits);
                (start.to_bits() ^ address.to_bits()).checked_shr(shift).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

/// The proxies whose word about the sender is believed; none unless somebody names them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TrustedProxies(pub Vec<Network>);

impl TrustedProxies {
    /// Where a request came from, as text for the counts of attempts; empty where no connection is known.
    pub fn address_of(&self, extensions: &Extensions, headers: &HeaderMap) -> String {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|connected| connected.0.ip());
        peer.map(|peer| self.sender(peer, headers).to_string()).unwrap_or_default()
    }

    /// The peer itself, unless it is a trusted proxy: then the last address of `X-Forwarded-For` that is none.
    fn sender(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut sender = peer.to_canonical();
        let lines: Vec<&str> =
            headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
        let mut hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
        while self.0.iter().any(|network| network.holds(sender)) {
            // What cannot be read was written by nobody we trust: the proxy before it is as far as we know.
            match hops.next().and_then(read) {
                Some(before) => sender = before,
                None => break,
            }
        }
        sender
    }
}

/// An address as proxies write it: alone, with a port, or in brackets.
fn read(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))?;
    Some(IpAddr::to_canonical(&address))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn proxies(list: &[&str]) -> TrustedProxies {
        TrustedProxies(list.iter().map(|text| text.parse().expect("a network")).collect())
    }

    fn sender(proxies: &TrustedProxies, peer: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        proxies.sender(peer.parse().expect("an address"), &headers).to_string()
    }

    #[test]
    fn the_header_counts_only_from_a_trusted_proxy() {
        let none = TrustedProxies::default();
        assert_eq!(sender(&none, "192.0.2.1", &["203.0.113.9"]), "192.0.2.1");
        let own = proxies(&["10.0.0.0/8", "::1"]);
        assert_eq!(sender(&own, "192.0.2.1", &["203.0.113.9"]), "192.0.2.1", "a stranger's word");
        assert_eq!(sender(&own, "10.1.2.3", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(sender(&own, "::ffff:10.1.2.3", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(sender(&own, "::1", &["203.0.113.9:4711"]), "203.0.113.9");
        assert_eq!(sender(&own, "10.1.2.3", &[]), "10.1.2.3");
    }

    #[test]
    fn what_the_sender_wrote_before_the_proxies_is_passed_over() {
        let own = proxies(&["10.0.0.0/8"]);
        assert_eq!(sender(&own, "10.0.0.1", &["198.51.100.1, 203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(sender(&own, "10.0.0.1", &["198.51.100.1", "203.0.113.9,10.0.0.2"]), "203.0.113.9");
        assert_eq!(sender(&own, "10.0.0.1", &["203.0.113.9, unknown"]), "10.0.0.1");
        assert_eq!(sender(&own, "10.0.0.1", &["10.0.0.7, 10.0.0.2"]), "10.0.0.7");
        assert_eq!(sender(&own, "10.0.0.1", &["[2001:db8::5]:443"]), "2001:db8::5");
        assert_eq!(sender(&own, "10.0.0.1", &["[2001:db8::5]"]), "2001:db8::5");
    }

    #[test]
    fn networks_are_read_and_hold_what_they_say() {
        let holds = |network: &str, address: &str| {
            network.parse::<Network>().expect("a network").holds(address.parse().expect("an address"))
        };
        assert!(holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("0.0.0.0/0", "203.0.113.9") && !holds("0.0.0.0/0", "::1"));
        assert!(holds("2001:db8::/32", "2001:db8:1::9") && !holds("2001:db8::/32", "2001:db9::9"));
        assert!(holds(" 192.0.2.7 ", "192.0.2.7") && !holds("192.0.2.7", "192.0.2.8"));
        for wrong in ["", "localhost", "10.0.0.0/33", "10.0.0.0/", "::/129", "10.0.0"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }
}
