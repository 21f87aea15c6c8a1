#!/bin/sh
# Run a Docker Engine out of a Debian tree: `unshare --mount --pid --cgroup --fork start.sh TREE FOLDER`.
# It sees the tree as its root, FOLDER of the machine at its own path, and a network that slirp4netns makes.
set -eu
tree=$1 folder=$2

mount --make-rprivate /
mount --bind "$tree" "$tree"
cd "$tree"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mkdir -p "./$folder"
mount --bind "$folder" "./$folder"

# Control groups as the machine has them: one hierarchy (version 2), or one for each controller.
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    mount -t cgroup2 cgroup sys/fs/cgroup
else
    mount -t tmpfs tmpfs sys/fs/cgroup
    while IFS=: read -r _ names _; do
        [ -n "$names" ] || continue
        group=sys/fs/cgroup/${names#name=}
        mkdir -p "$group"
        mount -t cgroup -o "$names" cgroup "$group"
    done </proc/self/cgroup
fi

# Registries are trusted as the machine trusts them.
cp /etc/resolv.conf etc/resolv.conf
cp /etc/ssl/certs/ca-certificates.crt etc/ssl/certs/ca-certificates.crt
mkdir run/outer
pivot_root . run/outer
umount -l /run/outer

# slirp4netns asks the machine's name servers, the engine and its containers ask slirp4netns.
echo "nameserver 10.0.2.3" >/run/resolv.conf
unshare --net --mount sh -c '
    mount --bind /run/resolv.conf /etc/resolv.conf
    ip link set lo up
    exec dockerd --group root' &
engine=$!
trap 'kill $engine' TERM INT
until [ "$(readlink /proc/$engine/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
slirp4netns --configure --disable-host-loopback $engine tap0 &
while kill -0 $engine 2>/dev/null; do wait $engine || true; done
