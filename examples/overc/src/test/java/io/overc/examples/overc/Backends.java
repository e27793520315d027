package io.overc.examples.overc;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Sees either the backends of these tests, or the real ones on the class path. */
final class Backends extends ClassLoader {
  private final boolean fake;

  private Backends(boolean fake) {
    super(Backends.class.getClassLoader());
    this.fake = fake;
  }

  static Backends fake() {
    return new Backends(true);
  }

  static Backends real() {
    return new Backends(false);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = Collections.list(super.getResources(name));
    if (name.startsWith("META-INF/services/io.overc.")) {
      found.removeIf(url -> url.getPath().contains("/overc/target/test-classes/") != fake);
    }
    return Collections.enumeration(found);
  }
}
