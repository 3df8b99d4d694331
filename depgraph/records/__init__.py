"""One reader for each format, pure on text or JSON: the same live, from files and for a graph.

==========  ===================================================================
`rdata`     data of DNS records, and the host or address that stands in it
`spf`       policies of who may send mail (RFC 7208)
`caa`       who may issue certificates (RFC 8659)
`whois`     registrations as WHOIS servers write them (RFC 3912)
`rdap`      registrations, top-level domains and address blocks (RFC 9083)
`epp`       the spelling of a registration's statuses (RFC 5731, RFC 8056)
`blocks`    address blocks as flat fields, in the words of each regional registry
`certificates`  certificates of TLS as flat fields, in the words of scanners
`cymru`     routes and AS numbers in Team Cymru's tables
==========  ===================================================================

What is asked about a domain or an address comes back as ``"key value"`` texts, the values of
an :class:`~depgraph.observations.Observation`. Nothing here asks, and nothing raises on what a
server may send: what is not in the expected form is passed over.
"""
