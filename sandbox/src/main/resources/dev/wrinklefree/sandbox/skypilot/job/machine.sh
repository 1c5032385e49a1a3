# Runs one script as a job's machine would. Started in a session, and so a process group, of its own.
# Standard input is a pipe from the server: first NAME=VALUE entries that end in NUL, then an empty entry, then nothing.
# The pipe closes when the server ends, however it ends, and then the whole process group dies with it.
while :; do
  IFS= read -r -d '' __machine_entry || exit 1
  [[ -n $__machine_entry ]] || break
  export "$__machine_entry"
done
unset __machine_entry
exec 3<&0 0</dev/null
{ read -r -u 3; kill -KILL -- "-$$"; } >/dev/null 2>&1 &
exec 3<&-
bash "$1"
exit
