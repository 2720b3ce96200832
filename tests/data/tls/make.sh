#!/bin/sh
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the certificates of the tests again. They live until 2126, the expired one did until 2001. The keys
# protect nothing.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/index"
printf '%s\n' '[ca]' 'default_ca = tests' '[tests]' "database = $work/index" "new_certs_dir = $work" \
    'rand_serial = yes' 'default_md = sha256' 'policy = any' 'copy_extensions = copy' 'unique_subject = no' \
    '[any]' 'commonName = supplied' >"$work/ca.cnf"

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
# certificate NAME COMMON-NAME EXTENSION START END, signed by the authority unless NAME is "authority" or
# "self-signed"
certificate() {
    key "$1"
    openssl req -new -key "$1.key" -subj "/CN=$2" -addext "$3" -out "$work/$1.csr"
    case $1 in
    authority | self-signed) signer="-selfsign -keyfile $1.key" ;;
    *) signer="-cert authority.pem -keyfile authority.key" ;;
    esac
    # shellcheck disable=SC2086
    openssl ca -batch -notext -config "$work/ca.cnf" $signer -startdate "$4" -enddate "$5" \
        -in "$work/$1.csr" -out "$1.pem"
}

certificate authority 'Latchkey test authority' basicConstraints=critical,CA:TRUE 20200101000000Z 21260101000000Z
certificate good localhost subjectAltName=DNS:localhost,IP:127.0.0.1 20200101000000Z 21260101000000Z
certificate expired localhost subjectAltName=DNS:localhost,IP:127.0.0.1 20000101000000Z 20010101000000Z
certificate wrong-host elsewhere.invalid subjectAltName=DNS:elsewhere.invalid 20200101000000Z 21260101000000Z
certificate self-signed localhost subjectAltName=DNS:localhost,IP:127.0.0.1 20200101000000Z 21260101000000Z
rm authority.key
