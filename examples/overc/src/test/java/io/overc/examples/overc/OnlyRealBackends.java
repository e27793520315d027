package io.overc.examples.overc;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Sees the backends on the class path, without those of tests. */
final class OnlyRealBackends extends ClassLoader {
  OnlyRealBackends() {
    super(OnlyRealBackends.class.getClassLoader());
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = Collections.list(super.getResources(name));
    if (name.startsWith("META-INF/services/io.overc.")) {
      found.removeIf(url -> isOfTests(url.getPath()));
    }
    return Collections.enumeration(found);
  }

  private static boolean isOfTests(String path) {
    return path.contains("/test-classes/") || path.contains("-tests.jar!");
  }
}
