# Sourced by quickstart: services in the background, each in a process group of its own.
# Needs $run, $log, $state, $root and fail().

# A process id alone could have been given to somebody else meanwhile; its start time could not.
started_at() { sed -n 's/.*) //p' "/proc/$1/stat" 2> /dev/null | cut -d' ' -f20; }

running() { # NAME
  local pid began
  [ -f "$run/$1.pid" ] || return 1
  read -r pid began < "$run/$1.pid"
  [ -n "$began" ] && [ "$(started_at "$pid")" = "$began" ]
}

stop_service() { # NAME
  local pid deadline
  if running "$1"; then
    read -r pid _ < "$run/$1.pid"
    kill -TERM -- "-$pid" 2> /dev/null || true
    deadline=$((SECONDS + 40))
    while kill -0 -- "-$pid" 2> /dev/null; do
      if [ $SECONDS -ge $deadline ]; then
        kill -KILL -- "-$pid" 2> /dev/null || true
      fi
      read -rt 0.2 <> <(:) || true
    done
  fi
  rm -f "$run/$1.pid" "$run/$1.stamp"
}

listening() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

ports_free() { # NAME PORT_VARIABLE ...: unless the service holds them itself
  local port
  running "$1" && return 0
  shift
  for port in "$@"; do
    if listening "${!port}"; then
      fail "port ${!port} is taken by another program; please set $port to a free one."
    fi
  done
}

start_service() { # NAME STAMP [PORT_VARIABLE ...]
  local name=$1 stamp=$2 pid
  shift 2
  if running "$name"; then
    [ "$(cat "$run/$name.stamp" 2> /dev/null)" = "$stamp" ] && return 0
    stop_service "$name"
  fi
  ports_free "$name" "$@"
  setsid "$root/scripts/run-$name" "$state/$name" > "$log/$name.log" 2>&1 < /dev/null 9>&- &
  pid=$!
  echo "$pid $(started_at $pid)" > "$run/$name.pid"
  printf '%s' "$stamp" > "$run/$name.stamp"
}

await_service() { # NAME SECONDS READINESS_COMMAND
  local deadline=$((SECONDS + $2))
  until "$3"; do
    if ! running "$1"; then
      tail -n 15 "$log/$1.log" >&2
      rm -f "$run/$1.pid"
      fail "$1 ended at its start; its log is $log/$1.log"
    fi
    if [ $SECONDS -ge $deadline ]; then
      fail "$1 was not ready within $2 s; its log is $log/$1.log"
    fi
    read -rt 0.5 <> <(:) || true
  done
}

http_ok() { # PORT PATH: plain HTTP on loopback answers 200
  local status
  {
    printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\n\r\n' "$2" "$1" >&3
    read -rt 10 _ status _ <&3
  } 2> /dev/null 3<> "/dev/tcp/127.0.0.1/$1" || return 1
  [ "$status" = 200 ]
}
