package io.overc.btrfs.lab;

/** Dies with a running disk in its laboratory. */
final class AbandonedLab {
  private AbandonedLab() {}

  /** Prints where the laboratory lies, and dies without closing anything. */
  @SuppressWarnings({"resource", "MustBeClosedChecker"})
  public static void main(String[] arguments) {
    Lab lab = Lab.open();
    HostDisk.create(lab, DiskLayout.small(), new BusyboxRoot("1"));
    System.out.println(lab.directory());
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }
}
