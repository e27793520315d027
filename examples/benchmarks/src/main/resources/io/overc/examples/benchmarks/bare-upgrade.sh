#!/bin/sh
# The bare commands of a host upgrade, as an administrator who wants it to survive a power cut
# would put them together: run as sh bare-upgrade.sh ROOT BOOT DEVICE MANAGER-TOOK
set -eu
if [ -z "${inside:-}" ]; then
    inside=yes exec unshare --mount --propagation private sh "$0" "$@"
fi
root=$1 boot=$2 device=$3 took=$4
mkdir -p /run/overc-bare
mount -t tmpfs overc-bare /run/overc-bare
top=/run/overc-bare/top
mkdir "$top"
mount -t btrfs -o subvolid=5 "$device" "$top"

running=$(btrfs subvolume get-default "$top")
running=${running##* path }
if [ "$running" = rootfs ]; then next=rootfs_upgrade; else next=rootfs; fi

# The new root, and the package manager in it.
btrfs subvolume snapshot "$top/$running" "$top/$next.new"
while read -r type directory options; do
    if [ -d "$top/$next.new/$directory" ]; then
        mount -t "$type" -o "$options" "$type" "$top/$next.new/$directory"
    fi
done <<'END'
proc proc nosuid,noexec,nodev
sysfs sys ro,nosuid,noexec,nodev
tmpfs run mode=755
tmpfs tmp mode=1777
END
if [ -d "$top/$next.new/dev" ]; then
    mount --rbind /dev "$top/$next.new/dev"
fi
began=$(date +%s%N)
chroot "$top/$next.new" smart newer || [ $? = 2 ]
chroot "$top/$next.new" smart upgrade -y
ended=$(date +%s%N)
echo $((ended - began)) >"$took"

# The new backup, and its kernel beside it.
btrfs subvolume snapshot "$top/$running" "$top/rootfs_bakup.new"
cp "$boot/bzImage" "$boot/bzImage_bakup.new"
cp "$top/$next.new/boot/bzImage" "$boot/bzImage.new"
sync -f "$boot"
replace() {
    if [ -e "$top/$1" ]; then
        mv "$top/$1" "$top/$1.old"
    fi
    mv "$top/$1.new" "$top/$1"
}
replace rootfs_bakup
replace "$next"
btrfs filesystem sync "$top"
mv "$boot/bzImage_bakup.new" "$boot/bzImage_bakup"
sync -f "$boot"

# The switch.
id=$(btrfs inspect-internal rootid "$top/$next")
btrfs subvolume set-default "$id" "$top"
btrfs subvolume get-default "$top"
btrfs filesystem sync "$top"
mv "$boot/bzImage.new" "$boot/bzImage"
sync -f "$boot"

# What nothing needs any more.
for old in "$top/rootfs_bakup.old" "$top/$next.old"; do
    if [ -e "$old" ]; then
        btrfs subvolume delete "$old"
    fi
done
