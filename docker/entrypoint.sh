#!/bin/sh
# Starts Purser, in its container or on a host. The arguments are Purser's: none starts the server,
# "bootstrap", "doctor", "version" and "help" are commands.
#
#   PURSER_JAR           the packed jar            (default: purser.jar beside this script)
#   PURSER_JAVA_OPTIONS  more options for the JVM  (default: none)
#
# A purser.aot beside the jar (bin/install makes it) lets the JVM start in half the time. One that does not fit,
# because the Java or the jar is another, is ignored.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
jar=${PURSER_JAR:-$here/purser.jar}
java=java
if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
fi

if [ ! -r "$jar" ]; then
    echo "There is no $jar. Build it with ./mvnw package and name it in PURSER_JAR." >&2
    exit 2
fi

cache=$(dirname -- "$jar")/purser.aot
if [ -r "$cache" ]; then
    set -- -XX:AOTCache="$cache" '-Xlog:aot*=off' -jar "$jar" "$@"
else
    set -- -jar "$jar" "$@"
fi

# exec: the JVM takes this process's place, so that a SIGTERM reaches it.
# A JVM that has run out of memory has lost work; it ends and is started again instead of limping on.
# shellcheck disable=SC2086 # several options in one variable are meant
exec "$java" \
    -XX:MaxRAMPercentage=60 \
    -XX:+ExitOnOutOfMemoryError \
    ${PURSER_JAVA_OPTIONS:-} \
    "$@"
