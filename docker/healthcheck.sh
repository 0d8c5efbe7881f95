#!/bin/bash
# Exit 0 when this Purser is ready for requests. Needs nothing but bash.
set -eu

exec 3<>"/dev/tcp/127.0.0.1/${PURSER_MANAGEMENT_PORT:-4004}"
printf 'GET /actuator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 5 status <&3
[[ $status == 'HTTP/1.1 200'* ]]
