package io.overc.exec;

import java.io.InputStream;
import java.io.OutputStream;

/** Passes everything on to another process. */
abstract class ProcessDelegate extends Process {
  private final Process process;

  ProcessDelegate(Process process) {
    this.process = process;
  }

  final Process process() {
    return process;
  }

  @Override
  public OutputStream getOutputStream() {
    return process.getOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return process.getInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return process.getErrorStream();
  }

  @Override
  public int exitValue() {
    return process.exitValue();
  }

  @Override
  public void destroy() {
    process.destroy();
  }
}
