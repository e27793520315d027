package io.overc.config;

import io.overc.error.ConfigException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Finds and reads the configuration the command lines use. */
public final class ConfigFile {
  /** The environment variable that names the file. */
  public static final String VARIABLE = "OVERC_CONFIG";

  /** The file that is read when it is there and no other is named. */
  public static final Path STANDARD = Path.of("/etc/overc/overc.properties");

  private ConfigFile() {}

  /**
   * {@return the configuration, read from the file that was named, else from the one {@link
   * #VARIABLE} names, else from {@link #STANDARD} if it exists; overridden by the environment}
   *
   * @param named the file the user named, or null
   * @param environment the environment, such as {@link System#getenv()}
   * @throws ConfigException if a file that was named cannot be read
   */
  public static Config locate(@Nullable Path named, Map<String, String> environment) {
    return locate(named, environment, STANDARD);
  }

  static Config locate(@Nullable Path named, Map<String, String> environment, Path standard) {
    String variable = environment.getOrDefault(VARIABLE, "");
    Config config = Config.empty();
    if (named != null) {
      config = read(named);
    } else if (!variable.isEmpty()) {
      config = read(path(variable));
    } else if (Files.exists(standard)) {
      config = read(standard);
    }
    return config.withEnvironment(environment);
  }

  /**
   * {@return the configuration in a properties file in UTF-8}
   *
   * @param file the file
   * @throws ConfigException if it cannot be read or is malformed
   */
  public static Config read(Path file) {
    Properties properties = new StrictProperties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          List.of("cannot read " + file + ": " + reason(e) + "; name a readable properties file"));
    }
    Map<String, String> values = new HashMap<>();
    properties.stringPropertyNames().forEach(n -> values.put(n, properties.getProperty(n).strip()));
    return Config.of(values);
  }

  private static Path path(String variable) {
    try {
      return Path.of(variable);
    } catch (InvalidPathException e) {
      throw new ConfigException(List.of(VARIABLE + " names an invalid path: " + e.getMessage()));
    }
  }

  private static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof CharacterCodingException
        ? "it is not in UTF-8"
        : String.valueOf(e.getMessage());
  }

  /**
   * Refuses a key that is set twice to different values instead of letting the last one win. The
   * values are not shown: they may be secret.
   */
  private static final class StrictProperties extends Properties {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
      Object before = super.put(key, value);
      if (before != null && !before.equals(value)) {
        throw new IllegalArgumentException("'" + key + "' is set twice, to different values");
      }
      return before;
    }
  }
}
