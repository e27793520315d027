package io.overc.btrfs.lab;

/** Offers packages to a package manager. */
public interface PackageRepository {

  /**
   * Builds a package and offers it from now on, beside what is offered already.
   *
   * @param offered the package
   */
  void publish(LabPackage offered);
}
