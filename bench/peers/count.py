"""count.py sites.tsv records.tsv: n1 and n2 by tenant and factor, with the regexes as they stand, compiled once a site.

Python wants (?i) at the front of a pattern: re.IGNORECASE does the same.
"""
import re
import sys


def any_of(texts, around="%s", flags=0):
    """One regex that finds any of the texts; none finds nothing."""
    return re.compile(around % ("(?:" + "|".join(re.escape(t) for t in texts) + ")"), flags) if texts else re.compile("(?!)")


def read_sites(path):
    sites = {}
    with open(path, encoding="ascii") as lines:
        for line in lines:
            tenant, *texts = line.rstrip("\n").split("\t")
            names = [t for t in texts[:5] if t != "!"]
            gateways = [t for t in texts[5:] if t != "!"]
            sites[tenant] = (
                any_of(names, "^.*%s.*$", re.IGNORECASE),
                any_of(gateways, "^.*%s.*$", re.IGNORECASE),
                any_of(gateways, "^%s$"),
            )
    return sites


ODD_DIAL_PLAN = re.compile(r"^DP-[A-Z]\w+-\d*[13579]$", re.ASCII)
EXTENSION = re.compile(r"^.*;ext=.*$")
AGENTS = re.compile(r"^grp-(sales|support)-\d{5}-(emea|apac)$")
SUPERVISORS = re.compile(r"^(grace|alan|ada) .*$", re.IGNORECASE)
ROUND_NUMBER = re.compile(r"00$")
IMPORTANT = re.compile(r"^VIP$")
OPERATOR_CONNECT = re.compile(r"^tel:\+1.*$")
LIFECYCLE = re.compile(r"^.*-finance-.*$", re.IGNORECASE)


def take_user(count, r, name, gateway, exact):
    def either(regex, first):
        return regex.search(r[first]) or (r[first + 1] and regex.search(r[first + 1]))

    licences = (
        ((0, name.search(r[8])), (1, ODD_DIAL_PLAN.search(r[9])), (2, EXTENSION.search(r[5]))),
        ((3, either(AGENTS, 10)), (4, SUPERVISORS.search(r[4])), (5, ROUND_NUMBER.search(r[5]))),
        ((6, either(exact, 6)), (7, IMPORTANT.search(r[12]))),
        ((8, either(gateway, 6)), (9, OPERATOR_CONNECT.search(r[5])), (10, either(LIFECYCLE, 10))),
    )
    for factors in licences:
        held = False
        for place, eligible in factors:
            if eligible or place == 8:  # everybody is configured for direct routing
                count[2 * place + 1] += 1
            if eligible and not held:
                held = True
                count[2 * place] += 1


def main():
    sites = read_sites(sys.argv[1])
    counts = {}
    with open(sys.argv[2], encoding="ascii") as lines:
        for line in lines:
            r = line.rstrip("\n").split("\t")
            name, gateway, exact = sites[r[0]]
            count = counts.get(r[0])
            if count is None:
                count = counts[r[0]] = [0] * 24
            if r[1] == "u":
                take_user(count, r, name, gateway, exact)
            else:
                count[23] += 1
                if not gateway.search(r[12]):
                    count[22] += 1
    for tenant, count in counts.items():
        print(tenant, *count, sep="\t")


main()
