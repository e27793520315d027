# Runs an example program; read by the scripts in examples/bin, which set
#   examples  the directory of the examples
#   module    the directory of the program's module
#   main      its main class
#   jvm       options of the JVM; empty for those of a program that is done soon
# and leave the arguments as they were given.

# For programs that are done soon: they end before the second compiler would pay off.
fast='-XX:+UseSerialGC -XX:TieredStopAtLevel=1'

target=$examples/$module/target
if [ ! -d "$target/classes" ] || [ ! -d "$target/lib" ]; then
    echo "${0##*/}: not built yet; run this once, then try again:" >&2
    echo "    (cd '$(readlink -f "$examples/..")' && mvn -q package -DskipTests)" >&2
    exit 1
fi

if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
else
    java=$(command -v java) || {
        echo "${0##*/}: java is missing: install the package default-jre-headless (17 or newer)," \
            "or set JAVA_HOME" >&2
        exit 1
    }
fi

# The JVM reads its arguments by the locale: without one, bytes past ASCII would be lost.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
C | POSIX) LC_ALL=C.UTF-8 && export LC_ALL ;;
esac

# Progress is drawn live where standard error is a terminal that can do it.
columns=
if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
    columns=$(stty size <&2 2>/dev/null) || columns=
    columns=${columns#* }
    case $columns in '' | 0) columns=80 ;; esac
fi

# shellcheck disable=SC2086 # options are words
exec "$java" ${jvm:-$fast} -Xshare:auto -Dfile.encoding=UTF-8 \
    "-Doverc.columns=$columns" -cp "$target/classes:$target/lib/*" "$main" "$@"
