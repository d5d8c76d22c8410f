//! YÖKSİS, the ministry's information system: its "OBS" REST services.
//!
//! One account per university (HTTP Basic); the address of the server is registered there. The identity number travels
//! in queries of other services, which is one reason why no query is ever logged.

mod wire;

use services::ports::{Answer, PlacementPage, PlacementQuery, PlacementService, RemoteProblem};

use crate::http::Client;

/// Where the services of an installation that names no other address stand.
pub const PRODUCTION: &str = "https://servisler.yok.gov.tr/rest/obs/";

/// The services of YÖKSİS for one university.
#[derive(Clone)]
pub struct Yoksis {
    client: Client,
}

impl Yoksis {
    /// Services that are asked through `client`.
    pub const fn new(client: Client) -> Self {
        Self { client }
    }

    async fn placements(&self, query: &PlacementQuery, number: u32) -> Result<PlacementPage, RemoteProblem> {
        let (year, page, size) = (query.year.to_string(), number.to_string(), wire::PAGE_SIZE.to_string());
        let asked = [
            (wire::YEAR, year.as_str()),
            (wire::KIND, query.kind.as_str()),
            (wire::PAGE, page.as_str()),
            (wire::SIZE, size.as_str()),
        ];
        let body = self.client.get(wire::PLACEMENTS, &asked).await?;
        wire::placements(&body.bytes)
    }
}

impl PlacementService for Yoksis {
    fn page<'a>(&'a self, query: &'a PlacementQuery, number: u32) -> Answer<'a, PlacementPage> {
        Box::pin(self.placements(query, number))
    }
}
