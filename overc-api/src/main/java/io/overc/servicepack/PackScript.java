package io.overc.servicepack;

/** Names the scripts of a service pack. */
public enum PackScript {
  /** Answers what the pack needs. */
  QUERY("query", true),
  /** Installs and sets up the service. */
  BUILD("build", true),
  /** Runs the service in the foreground; with the name of a component where there are several. */
  RUN("run", true),
  /** Talks to the running service. */
  CLIENT("client", false),
  /** Writes a backup of the running service to its standard output. */
  BACKUP("backup", false),
  /** Does whatever else the pack offers; {@code help} lists it. */
  EXTRA("extra", false);

  private final String file;
  private final boolean required;

  PackScript(String file, boolean required) {
    this.file = file;
    this.required = required;
  }

  /** {@return where the script is in a pack, for example {@code bin/query}} */
  public String path() {
    return "bin/" + file;
  }

  /** {@return whether every pack must have the script} */
  public boolean required() {
    return required;
  }
}
