"""Write the table of precedents from the dated facts and public pages that its rows rest on.

    python scripts/make_precedents.py FACTS.json [--out depgraph/precedents/precedents.csv]

A row names facts by id or pages by address; each becomes a citation. Days and hours are those of
the sources: what none of them says stays empty.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

from recorded_facts import Facts

HEAD = [
    "id",
    "who",
    "whom",
    "lever",
    "event",
    "day",
    "notice",
    "back",
    "way_back",
    "note",
    "sources",
]
FASTLY = "Fastly, Summary of June 8 outage <https://www.fastly.com/blog/summary-of-june-8-outage>"
ZOOM = "Domain Incite, copy: Zoom says GoDaddy took it down for hours <https://news.offersdomain.com/zoom-says-godaddy-took-it-down-for-hours-12246.html>; Red Sift, the WHOIS of zoom.us <https://blog.redsift.com/asm/zoom-stops-zooming-why-active-monitoring-is-essential>"
NAMECHEAP = "DataPacket, the letter <https://blog.datapacket.net/namecheap-russia/>; Namecheap's own FAQ <https://www.namecheap.com/support/knowledgebase/article.aspx/10519/5/faq-transfer-of-russian-customers-services-from-namecheap/>"
OVH = "Goldstein Report, with Netcraft's and OVHcloud's figures <https://goldsteinreport.com/fire-french-data-centre-ovhcloud/>"
DYN = "Dyn, incident report <https://www.dynstatus.com/incidents/5r9mppc1kb77>"
AWS25 = (
    "pzarycki.com, the timeline of AWS's reports <https://pzarycki.com/en/posts/aws-dns-failure>"
)
AR15 = "cloud7.news, with GoDaddy's statement <https://cloud7.news/hosting/godaddy-gives-the-details-on-ar15-com-boot/>"
GODADDY22 = "VoIP Tools, on its own outage <https://voiptools.com/?p=388>"
MEDIUM = "whaleoil.net.nz and Right Wing Watch, October 2018 <https://www.rightwingwatch.org/post/since-losing-platforms-gab-is-out-here-just-having-a-normal-one/>"

ROWS = """
aws-wikileaks-2010|Amazon Web Services|wikileaks.org|evict|withdrawal|2010-12-01||0|hosted elsewhere, in Sweden|the site was back the same day by press reports|F141; nymag.com 2010-12 <http://nymag.com/daily/intelligencer/2010/12/ousted_wikileaks_unhappy_with.html>
everydns-wikileaks-2010|EveryDNS|wikileaks.org|stop-dns|withdrawal|2010-12-03|24|7|registrar and name servers of Dynadot, after other names within hours||F142; F146
everydns-wikileaks-ch-2010|EveryDNS|wikileaks.ch|stop-dns|withdrawal|2010-12-03|||easyDNS, asked on 2010-12-05, agreed to serve the name||F143; F145
godaddy-dailystormer-2017|GoDaddy|dailystormer.com|suspend|withdrawal|2017-08-14|24|0|moved to Google Domains|cancelled there within hours|F099
google-dailystormer-2017|Google Domains|dailystormer.com|suspend|withdrawal|2017-08-14|||||F099
scaleway-dailystormer-2017|Scaleway|dailystormer.com|evict|withdrawal|2017-08-14||||the day is that of the cancelled registration|F099
cloudflare-dailystormer-2017|Cloudflare|dailystormer|drop-front|withdrawal|2017-08-20||||by that day|F100
digitalocean-dailystormer-2017|DigitalOcean|dailystormer|evict|withdrawal|2017-08-20||||by that day|F100
namecheap-dailystormer-2017|Namecheap|dailystormer|suspend|withdrawal|2017-08-20|||BitMitigate took over|by that day|F100
cdmon-referendum-2017|CDmon, by order of a Barcelona court|referendum.cat|evict|order|2017-09-13||0|another name, registrar and country the same evening||F155
puntcat-names-2017|Fundació puntCAT, by order of a court|names about the referendum under .cat|hold|order|2017-09-15||||about that day|F156
cloudflare-switter-2018|Cloudflare|switter.at|drop-front|withdrawal|2018-04-17|0||under its own power|on that day or the next|F152
paypal-gab-2018|PayPal|gab.com|cut-third-party|withdrawal|2018-10-27|||||F069
stripe-gab-2018|Stripe|gab.com|cut-third-party|withdrawal|2018-10-27|||||F069
joyent-gab-2018|Joyent|gab.com|evict|withdrawal|2018-10-29||6|another host; back on 2018-11-04 behind Cloudflare|given on Sunday until 9 on Monday|F069; F169; ZeroHedge 2018-10-28, with the host's notice <https://www.zerohedge.com/news/2018-10-28/gab-booted-hosting-company-after-synagogue-shooting>
godaddy-gab-2018|GoDaddy|gab.com|suspend|withdrawal|2018-10-29|48|6|moved to Epik||F169; F069
shopify-gab-2018|Shopify|gab.com|cut-third-party|withdrawal|2018-10-29||||about that day|MEDIUM
cloudflare-8chan-2019|Cloudflare|8ch.net|drop-front|withdrawal|2019-08-05|1||BitMitigate served it for hours||F170; F090
voxility-bitmitigate-2019|Voxility|bitmitigate.com|withdraw-network|withdrawal|2019-08-05|||||F170
voxility-8chan-2019|Voxility, one network up|8ch.net|withdraw-network|withdrawal|2019-08-05||89|under another name, 8kun, from VDSina|2019-11-02; fell with BitMitigate|F170; F092
voxility-dailystormer-2019|Voxility, one network up|dailystormer|withdraw-network|withdrawal|2019-08-05||||fell with BitMitigate|F170
cnservers-8kun-2020|CNServers, one network up|8kun.top|withdraw-network|withdrawal|2020-10-18||1|DDoS-Guard||F095
google-parler-2021|Google Play|parler.com|remove-app|withdrawal|2021-01-08||602|restored||F020
apple-parler-2021|Apple App Store|parler.com|remove-app|withdrawal|2021-01-09||128|a filtered version||F021
twilio-parler-2021|Twilio|parler.com|cut-third-party|withdrawal|2021-01-10||||over the weekend of that day|F015
okta-parler-2021|Okta|parler.com|cut-third-party|withdrawal|2021-01-10|||||F016
zendesk-parler-2021|Zendesk|parler.com|cut-third-party|withdrawal|2021-01-10||||over the weekend of that day|F017
aws-parler-2021|Amazon Web Services|parler.com|evict|withdrawal|2021-01-11||35|hosted by SkySilk|07:59 UTC; a static page from 16 or 17 January|F001; F028; F172
godaddy-ar15-2021|GoDaddy|ar15.com|suspend|withdrawal|2021-01-11|53|2|within two days, as it wrote|24 hours had been announced, 53 were given|AR15
slack-parler-2021|Slack|parler.com|cut-third-party|withdrawal|2021-01-13||||the day is that of a filing|F018
ddosguard-vanwatech-2021|DDoS-Guard|8kun.top (VanwaTech)|drop-front|withdrawal|2021-01-15||||on that day or the day before|F095
lacnic-ddosguard-2021|LACNIC|8,192 addresses of DDoS-Guard|revoke-addresses|withdrawal|2021-02-24||||announced; whether it was carried out was not found, and the block was in use in 2024|F024; F166
ovh-fire-2021|OVHcloud|3.6 million web sites in Strasbourg|evict|outage|2021-03-10|0|||a fire at 00:47; servers were to be restarted from 22 March|OVH
fastly-2021|Fastly|most of its network|drop-front|outage|2021-06-08|0|0.034|configuration disabled|09:47 to 10:36 UTC|FASTLY
us-presstv-2021|the United States, at the registry|presstv.com|hold|order|2021-06-22||0|under its .ir name|for some users it still answered that day|F154
microsoft-atb-2022|Microsoft|Amsterdam Trade Bank|stop-mail|withdrawal|2022-04-06|0|||after sanctions of that day; bankrupt on 22 April|F157
aws-atb-2022|Amazon Web Services|Amsterdam Trade Bank|evict|withdrawal|2022-04-22||||notice was given, how much is not said; the day is that of the bankruptcy|F157
cogent-russia-2022|Cogent|its customers in Russia|withdraw-network|withdrawal|2022-03-04|24|||17:00 GMT; ports reclaimed|F160
cogent-russia-addresses-2022|Cogent|its customers in Russia|withdraw-addresses|withdrawal|2022-03-04|24|||addresses reclaimed|F160
lumen-russia-2022|Lumen|its customers in Russia|withdraw-network|withdrawal|2022-03-07|||||F160
authorities-russia-2022|foreign certificate authorities|customers in Russia|refuse-certificate|withdrawal|2022-03-11||||could no longer take payment|F161
namecheap-russia-2022|Namecheap|customers registered in Russia|suspend|withdrawal|2022-03-22|528|||announced on 28 February for 6 March, then for 22 March|NAMECHEAP
namecheap-russia-hosting-2022|Namecheap|hosting under .ru, .by and .su|evict|withdrawal|2022-02-28|0|||with immediate effect|NAMECHEAP
cogent-osm-2022|Cogent, the only uplink|openstreetmap.org|withdraw-network|outage|2022-06-11||0.31|the uplink came back|20:18 to 03:45 UTC|F112
cloudflare-kiwifarms-2022|Cloudflare|kiwifarms.net|drop-front|withdrawal|2022-09-03|||DDoS-Guard|taken over for two days|F087
ddosguard-kiwifarms-ru-2022|DDoS-Guard|kiwifarms.ru|drop-front|withdrawal|2022-09-05|||||F148
ddosguard-kiwifarms-2022|DDoS-Guard|kiwifarms.net|drop-front|withdrawal|2022-09-05||||about that day|F087
flevoland-8kun-2022|a data centre in Flevoland|8kun and Daily Stormer|evict|withdrawal|2022-09-16||||when a newspaper asked|F098
xneelo-8kun-2022|Xneelo, one network up|8kun.top|withdraw-network|withdrawal|2022-10-01||||in October; the day is not known|F097
zayo-kiwifarms-2022|Zayo|kiwifarms.net|withdraw-network|withdrawal|2022-11-02||||by that day|F149
voxility-kiwifarms-2022|Voxility|kiwifarms.net|withdraw-network|withdrawal|2022-11-02||||by that day|F149
hetzner-solana-2022|Hetzner|more than 1,000 validators of Solana|evict|withdrawal|2022-11-02|0||most at other hosts soon||F162
godaddy-voiptools-2022|GoDaddy|voiptools.com|evict|mistake|2022-11-28|0|7|access restored by the host|a migration that failed|GODADDY22
he-kiwifarms-2023|Hurricane Electric, three networks up|kiwifarms.net (AS397702)|withdraw-network|withdrawal|2023-07-27||||noticed that day|F150
authority-kiwifarms-2023|a certificate authority that is not named|kiwifarms.net|refuse-certificate|withdrawal|2023-08-01||||announced in August; the day is not known|F151
af-queer-2024|the registry of .af|queer.af|hold|withdrawal|2024-02-12|||users got in by an alias domain|the day is that of the reports|F153
he-osm-2024|Hurricane Electric, the only upstream|openstreetmap.org|withdraw-network|outage|2024-12-15|0|2.35|a new link of Equinix|03:53 on the 15th to 12:21 on the 17th; read-only from Dublin after 7.6 hours|F110
markmonitor-zoom-2025|GoDaddy Registry, on a misread message of MarkMonitor|zoom.us|hold|mistake|2025-04-16|0|0.074|the hold was lifted|18:25 to 20:12 UTC|ZOOM
microsoft-icc-2025|Microsoft|a mailbox of the International Criminal Court|stop-mail|withdrawal|2025-05-01|||another provider|AP said so in May, Microsoft denies it; the day is not known|F158
microsoft-nayara-2025|Microsoft|Nayara Energy|stop-mail|withdrawal|2025-07-18|0||restored on 2025-07-30, before a hearing|in the week after this day: how long it took is not known to the day|F159
aws-us-east-1-2025|Amazon Web Services|what runs in us-east-1|evict|outage|2025-10-20|0|0.63|repaired|06:49 to 22:01 UTC|AWS25
cloudflare-2025|Cloudflare|sites behind its proxy|drop-front|outage|2025-11-18|0|0.24|repaired|11:20 to 17:06 UTC|F167
cloudflare-osm-2025|Cloudflare|openstreetmap.org|drop-front|outage|2025-11-18|0|0.03|the front was taken off|43 minutes|F106
dyn-2016|Dyn|customers of its managed DNS|stop-dns|outage|2016-10-21|0|0.27|attack mitigated|11:10 to 17:45 UTC|DYN
""".strip()


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("facts", type=Path, help="the facts file (JSON)")
    root = Path(__file__).parent.parent
    parser.add_argument("--out", type=Path, default=root / "depgraph/precedents/precedents.csv")
    options = parser.parse_args()
    facts = Facts.load(options.facts)
    pages = {
        name: text
        for name, text in globals().items()
        if name.isupper() and name not in {"HEAD", "ROWS"}
    }
    with options.out.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEAD)
        for line in ROWS.splitlines():
            *cells, sources = line.split("|")
            assert len(cells) == len(HEAD) - 1, line
            cited = [
                facts.cite(one) if re.fullmatch(r"F\d{3}", one) else pages.get(one, one)
                for one in sources.split("; ")
            ]
            rows.writerow([*cells, "; ".join(cited)])


if __name__ == "__main__":
    main()
