package io.overc.btrfs.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A root of a few files around busybox, made in no time, with a stand-in for smart: the verbs, the
 * table and the exit codes of smartpm, over {@link SmartRepository}.
 */
public final class BusyboxRoot implements Contents {
  private static final List<String> APPLETS =
      List.of("sh", "cat", "cp", "ls", "mkdir", "rm", "echo", "printf", "sync", "true", "false");

  private static final String SMART =
      """
      #!/bin/sh
      # Stands in for smartpm.
      packages=/srv/packages
      installed=/var/lib/smart
      changes() {
        for package in $packages/*; do
          name=${package##*/}
          new=$(cat $package/version)
          old=$(cat $installed/$name 2>/dev/null) || old='(not installed)'
          [ "$new" = "$old" ] || echo "$name $old $new"
        done
      }
      install() {
        package=$packages/$1
        sh $package/pre || { echo "error: pre-script of $1 failed" >&2; return 1; }
        cp -a $package/files/. / || { echo "error: unpacking $1 failed" >&2; return 1; }
        sh $package/post || { echo "error: post-script of $1 failed" >&2; return 1; }
        cat $package/version >$installed/$1
      }
      while :; do
        case "$1" in
          -*) shift ;;
          *) break ;;
        esac
      done
      [ -d $packages ] || { echo "error: Channel 'lab' cannot be fetched" >&2; exit 1; }
      case "$1" in
        update)
          echo "Updating cache... ######## [100%]"
          ;;
        newer)
          changes=$(changes)
          [ -n "$changes" ] || { echo "No interesting upgrades available."; exit 2; }
          echo "Package Name | Installed  | Upgrade  | Channel | Size"
          echo "-------------+------------+----------+---------+-----"
          echo "$changes" | while read -r name old new; do
            printf '%-12s | %-10s | %-8s | lab     | 1024\\n' "$name" "$old" "$new"
          done
          ;;
        upgrade)
          changes=$(changes)
          [ -n "$changes" ] || { echo "No interesting upgrades available."; exit 0; }
          echo "$changes" | while read -r name old new; do
            echo "Upgrading $name ($old -> $new)"
            install "$name" || exit 1
          done
          ;;
        *)
          echo "error: Invalid command '$1'" >&2
          exit 1
          ;;
      esac
      """;

  private final String version;
  private final LabPackage kernel;

  /**
   * Describes a root.
   *
   * @param version the version of its packages, {@code lab-demo} and {@code lab-kernel}
   */
  public BusyboxRoot(String version) {
    this(version, LabPackage.fakeKernel(version));
  }

  /**
   * Describes a root with a kernel.
   *
   * @param version the version of its package {@code lab-demo}
   * @param kernel its package {@code lab-kernel}
   */
  public BusyboxRoot(String version, LabPackage kernel) {
    this.version = version;
    this.kernel = kernel;
  }

  @Override
  public void install(Path root, Path boot) {
    Skeleton.install(root);
    Path bin = root.resolve("bin");
    try {
      Files.createDirectories(bin);
      Files.createDirectories(root.resolve("var/lib/smart"));
      Files.copy(Skeleton.BUSYBOX, bin.resolve("busybox"));
      for (String applet : APPLETS) {
        Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Skeleton.writeProgram(root.resolve("usr/bin/smart"), SMART);
    Skeleton.write(root.resolve("etc/os-release"), "ID=lab\nVERSION_ID=" + version + "\n");
    SmartRepository repository = new SmartRepository(root);
    for (LabPackage installed : List.of(LabPackage.demo(version), kernel)) {
      repository.publish(installed);
      installed.stage(root);
      Skeleton.write(
          root.resolve("var/lib/smart").resolve(installed.name()), installed.version() + "\n");
    }
    Skeleton.installBoot(root, boot);
  }
}
