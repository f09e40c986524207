# Sourced: what was this built from?

fingerprint() { # of the files below the given paths, build output left out
  find "$@" -name target -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64
}

# The server is provisioned once; a change of its layers, its configuration or its releases needs a new one.
provisioned_from() {
  { fingerprint ear/pom.xml ear/src web/portal/src/main/webapp/WEB-INF/away; grep -E '<version\.(wildfly|undertow|h2)' pom.xml; } \
    | sha256sum | cut -c1-64
}

drop_stale_server() {
  if [ "$(cat ear/target/provisioned 2> /dev/null)" != "$(provisioned_from)" ]; then
    rm -rf ear/target/server
  fi
}

note_provisioned_server() {
  [ ! -d ear/target/server ] || provisioned_from > ear/target/provisioned
}
