# Reads "guard SIGNAL PID" and "release PID" lines. The end of its input means that the process which
# wrote them is gone, however it ended: every guarded process is then asked to stop by its signal and
# killed if it has not stopped within five seconds.
trap '' INT TERM HUP QUIT
guarded=""
while read -r verb first second; do
  case $verb in
    guard) guarded="$guarded $first:$second" ;;
    release)
      kept=""
      for entry in $guarded; do
        [ "${entry#*:}" = "$first" ] || kept="$kept $entry"
      done
      guarded=$kept
      ;;
  esac
done

alive() {
  for entry in $guarded; do
    kill -0 "${entry#*:}" 2>/dev/null && return 0
  done
  return 1
}

for entry in $guarded; do
  kill -s "${entry%%:*}" "${entry#*:}" 2>/dev/null
done
tenths=0
while [ "$tenths" -lt 50 ] && alive; do
  sleep 0.1
  tenths=$((tenths + 1))
done
for entry in $guarded; do
  kill -s KILL "${entry#*:}" 2>/dev/null
done
exit 0
