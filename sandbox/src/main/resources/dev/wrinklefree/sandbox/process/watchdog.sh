# Reads "guard SIGNAL PID", "release PID" and "guard-file SIGNAL PATH" lines, the last for a process
# whose id will be the first line of that file. The end of its input means that the process which
# wrote them is gone, however it ended: every guarded process is then asked to stop by its signal and
# killed if it has not stopped within five seconds.
trap '' INT TERM HUP QUIT
guarded=""
file=""
file_signal=""
while read -r verb first second; do
  case $verb in
    guard) guarded="$guarded $first:$second" ;;
    guard-file)
      file_signal=$first
      file=$second
      ;;
    release-file) file="" ;;
    release)
      kept=""
      for entry in $guarded; do
        [ "${entry#*:}" = "$first" ] || kept="$kept $entry"
      done
      guarded=$kept
      ;;
  esac
done

# The file appears while the process starts, perhaps only now.
add_from_file() {
  [ -n "$file" ] && [ -s "$file" ] || return 0
  read -r pid <"$file"
  case $pid in
    '' | *[!0-9]*) ;;
    *)
      guarded="$guarded $file_signal:$pid"
      file=""
      kill -s "$file_signal" "$pid" 2>/dev/null
      ;;
  esac
}

alive() {
  [ -n "$file" ] && return 0
  for entry in $guarded; do
    kill -0 "${entry#*:}" 2>/dev/null && return 0
  done
  return 1
}

for entry in $guarded; do
  kill -s "${entry%%:*}" "${entry#*:}" 2>/dev/null
done
tenths=0
while add_from_file && [ "$tenths" -lt 50 ] && alive; do
  sleep 0.1
  tenths=$((tenths + 1))
done
for entry in $guarded; do
  kill -s KILL "${entry#*:}" 2>/dev/null
done
exit 0
