#!/bin/sh
# Install what the lab needs (NSD, Unbound) where that is allowed; otherwise say what to do.
# Their packages start system services on some machines: that is prevented here, for the lab
# starts its own on high loopback ports, and nobody wants another name server on port 53.
set -u

PATH="$PATH:/usr/sbin:/usr/local/sbin:/sbin"
wanted=""
for daemon in nsd unbound; do
    command -v "$daemon" >/dev/null 2>&1 || wanted="$wanted $daemon"
done
[ -z "$wanted" ] && exit 0

say() { echo "install_lab: $*" >&2; }

if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    say "missing:$wanted. The lab's tests will not run."
    say "To run them: sudo apt-get install$wanted"
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    say "missing:$wanted, and there is no apt-get here. Install them, and the lab's tests will run."
    exit 0
fi

policy=/usr/sbin/policy-rc.d
made_policy=""
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null &&
        $as_root chmod 755 "$policy" && made_policy=yes
fi
restore() { [ -n "$made_policy" ] && $as_root rm -f "$policy"; }
trap restore EXIT INT TERM

install() {
    # shellcheck disable=SC2086  # the words of $as_root and $wanted are meant to be split
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
}
say "installing:$wanted"
if install || { $as_root apt-get update -qq && install; }; then
    say "done"
else
    say "could not install:$wanted. The lab's tests will not run; with DEPGRAPH_LAB_REQUIRED=1 they fail."
fi
exit 0
