package io.overc;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Sees the given providers and no others. */
final class ProviderClassLoader extends ClassLoader {
  private static final String SERVICES = "META-INF/services/";

  private final Path directory;

  ProviderClassLoader(Path directory) {
    super(ProviderClassLoader.class.getClassLoader());
    this.directory = directory;
  }

  ProviderClassLoader provide(Class<?> service, String... providers) throws IOException {
    Files.write(directory.resolve(service.getName()), List.of(providers));
    return this;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (!name.startsWith(SERVICES)) {
      return super.getResources(name);
    }
    Path file = directory.resolve(name.substring(SERVICES.length()));
    return Files.exists(file)
        ? Collections.enumeration(List.of(file.toUri().toURL()))
        : Collections.emptyEnumeration();
  }
}
