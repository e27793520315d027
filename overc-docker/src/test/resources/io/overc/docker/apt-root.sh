# Makes a root with this machine's own apt and dpkg, and a package repository: ROOT.
# The scripts of busybox do the rest; debootstrap would need a mirror and half a minute.
set -eu
root=$1
mkdir -p "$root"/bin "$root"/tmp "$root"/root "$root"/repo "$root"/usr/bin "$root"/usr/sbin \
    "$root"/usr/lib/apt "$root"/usr/share "$root"/etc/apt/apt.conf.d "$root"/etc/apt/preferences.d \
    "$root"/etc/apt/trusted.gpg.d "$root"/var/lib/dpkg/info "$root"/var/lib/dpkg/updates \
    "$root"/var/lib/apt/lists/partial "$root"/var/cache/apt/archives/partial "$root"/var/log/apt
cp "$(command -v busybox)" "$root/bin/busybox"
for applet in $(busybox --list); do
    case $applet in
    busybox | dpkg | dpkg-deb | tar) ;;
    *) ln -s busybox "$root/bin/$applet" ;;
    esac
done
for program in apt-get apt-config dpkg dpkg-deb dpkg-split dpkg-query tar; do
    cp "$(command -v "$program")" "$root/usr/bin/"
done
cp -r /usr/lib/apt/methods "$root/usr/lib/apt/"
cp -r /usr/share/dpkg "$root/usr/share/"
ldd "$root"/usr/bin/* "$root"/usr/lib/apt/methods/* 2>/dev/null | grep -o '/[^ :]*' | sort -u |
    while read -r file; do
        case $file in "$root"*) continue ;; esac
        mkdir -p "$root/${file%/*}"
        cp -L "$file" "$root/$file"
    done
# dpkg wants them to be there; nothing of this root needs what they do.
for program in ldconfig start-stop-daemon; do
    printf '#!/bin/sh\n' >"$root/usr/sbin/$program"
    chmod 755 "$root/usr/sbin/$program"
done
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"
: >"$root/var/lib/dpkg/status"
echo 'deb [trusted=yes] file:/repo ./' >"$root/etc/apt/sources.list"
