package io.overc.internal.packages;

import java.util.List;

final class Rpm {
  /** Debian's rpm keeps its database in the home directory, newer ones in /usr. */
  static final List<String> DATABASES =
      List.of("var/lib/rpm", "usr/lib/sysimage/rpm", "root/.rpmdb");

  private Rpm() {}
}
