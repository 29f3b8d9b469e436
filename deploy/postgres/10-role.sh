#!/bin/sh
# Runs once, on an empty volume: the application's role is neither superuser nor allowed to bypass row-level security.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$APP_PASSWORD" --username "$POSTGRES_USER" <<'SQL'
CREATE ROLE smartersends LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE smartersends OWNER smartersends;
SQL
