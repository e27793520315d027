package io.overc.examples.overc;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Sees the backends of these tests only, not the real ones on the class path. */
final class OnlyFakeBackends extends ClassLoader {
  OnlyFakeBackends() {
    super(OnlyFakeBackends.class.getClassLoader());
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = Collections.list(super.getResources(name));
    if (name.startsWith("META-INF/services/io.overc.")) {
      found.removeIf(url -> !url.getPath().contains("/overc/target/test-classes/"));
    }
    return Collections.enumeration(found);
  }
}
