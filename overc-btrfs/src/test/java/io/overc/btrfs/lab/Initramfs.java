package io.overc.btrfs.lab;

import io.overc.exec.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes an initial file system for any number of kernels: it loads the modules of the one that
 * runs, mounts the root as the kernel command line says, tells on the serial console what came up,
 * and switches the machine off.
 */
final class Initramfs {
  static final String BEGIN = "LAB-BOOT-BEGIN";
  static final String END = "LAB-BOOT-END";

  private static final String INIT =
      """
      #!/bin/busybox sh
      /bin/busybox --install -s /bin
      mount -t proc proc /proc
      mount -t sysfs sys /sys
      mount -t devtmpfs dev /dev
      kernel=$(uname -r)
      while read -r module; do
        insmod "/modules/$kernel/$module" || echo "cannot load $module"
      done <"/modules/$kernel/order"
      root= options=rw
      for word in $(cat /proc/cmdline); do
        case "$word" in
          root=*) root=${word#root=} ;;
          rootflags=*) options=rw,${word#rootflags=} ;;
        esac
      done
      mount -t btrfs -o "$options" "$root" /root || echo "cannot mount $root with $options"
      echo "%s"
      echo "kernel=$kernel"
      echo "subvolume=$(awk '$5 == "/root" { print $4 }' /proc/self/mountinfo)"
      echo "version=$(cat /root/etc/lab-version)"
      echo "modules=$(ls /root/lib/modules | tr '\\n' ' ')"
      echo "program=$(chroot /root /usr/bin/lab-program)"
      echo "%s"
      umount /root
      sync
      poweroff -f
      """
          .formatted(BEGIN, END);

  private final Lab lab;
  private final Path tree;

  Initramfs(Lab lab, Path tree) {
    this.lab = lab;
    this.tree = tree;
    try {
      for (String directory : new String[] {"bin", "proc", "sys", "dev", "root", "modules"}) {
        Files.createDirectories(tree.resolve(directory));
      }
      Files.copy(Skeleton.BUSYBOX, tree.resolve("bin/busybox"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Skeleton.writeProgram(tree.resolve("init"), INIT);
  }

  /** Adds what a kernel needs to see a btrfs root on a virtio disk, in the order of loading. */
  void addModules(Path system, String release) throws IOException {
    lab.run("order the modules", "depmod", "-b", system, release);
    Path target = Files.createDirectories(tree.resolve("modules").resolve(release));
    Set<String> order = new LinkedHashSet<>();
    Stream<String> needed =
        lab.run(
                "find the modules of " + release,
                "modprobe",
                "-d",
                system,
                "-S",
                release,
                "--show-depends",
                "-a",
                "virtio_pci",
                "virtio_blk",
                "crc32c_generic",
                "btrfs")
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("insmod "));
    for (String line : needed.toList()) {
      Path module = Path.of(line.split(" ", -1)[1]);
      String name = module.getFileName().toString();
      Path copy = target.resolve(name);
      Files.copy(module, copy, StandardCopyOption.REPLACE_EXISTING);
      if (name.endsWith(".xz")) {
        lab.run("unpack " + name, "xz", "-d", "--force", copy);
        name = name.substring(0, name.length() - ".xz".length());
      }
      order.add(name);
    }
    Skeleton.write(target.resolve("order"), String.join("\n", order) + "\n");
  }

  void write(Path file) {
    String list = lab.run("list", Command.of("find", ".").directory(tree).build()).stdout();
    lab.run(
        "pack the initramfs",
        Command.of("cpio", "--quiet", "-o", "-H", "newc")
            .directory(tree)
            .input(list)
            .outputFile(file)
            .build());
  }
}
