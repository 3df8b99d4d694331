#!/bin/sh
# How the lab's chain was made: root -> intermediate -> leaf, valid until 2126. Not secret: it
# protects nothing.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
days=36500
openssl ecparam -name prime256v1 -genkey -noout -out "$work/root.key"
openssl req -x509 -new -key "$work/root.key" -days $days -subj "/C=NL/O=CA Lima (example)/CN=CA Lima Root" -out "$work/root.pem"
openssl ecparam -name prime256v1 -genkey -noout -out "$work/mid.key"
openssl req -new -key "$work/mid.key" -subj "/C=NL/O=CA Lima (example)/CN=CA Lima Intermediate 1" -out "$work/mid.csr"
printf 'basicConstraints=critical,CA:TRUE,pathlen:0\n' > "$work/mid.ext"
openssl x509 -req -in "$work/mid.csr" -CA "$work/root.pem" -CAkey "$work/root.key" -CAcreateserial -days $days -extfile "$work/mid.ext" -out "$work/mid.pem"
openssl ecparam -name prime256v1 -genkey -noout -out key.pem
openssl req -new -key key.pem -subj "/CN=shop.example" -out "$work/leaf.csr"
printf 'basicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:shop.example,DNS:www.shop.example,DNS:*.example\n' > "$work/leaf.ext"
openssl x509 -req -in "$work/leaf.csr" -CA "$work/mid.pem" -CAkey "$work/mid.key" -CAcreateserial -days $days -extfile "$work/leaf.ext" -out "$work/leaf.pem"
cat "$work/leaf.pem" "$work/mid.pem" > chain.pem
