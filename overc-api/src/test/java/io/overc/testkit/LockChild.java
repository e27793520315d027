package io.overc.testkit;

import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process: takes a lock, says so or why not, and holds it until its input ends. */
public final class LockChild implements AutoCloseable {
  private final Process process;
  private final String answer;

  /**
   * Starts one.
   *
   * @param file the lock file
   * @throws IOException if it cannot be started
   */
  public LockChild(Path file) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LockChild.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    answer = line == null ? "ended without an answer" : line;
  }

  /**
   * Returns what it said.
   *
   * @return {@code held}, or the message of the exception
   */
  public String answer() {
    return answer;
  }

  /**
   * Tells what another process gets to hear.
   *
   * @param file the lock file
   * @return {@code held}, or the message of the exception
   */
  public static String ask(Path file) {
    try (LockChild child = new LockChild(file)) {
      return child.answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns its number.
   *
   * @return as the kernel has it
   */
  public long pid() {
    return process.pid();
  }

  /** Ends it as a crash would. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }

  /**
   * Takes the lock in this process.
   *
   * @param arguments the lock file
   * @throws IOException if the input cannot be read
   */
  public static void main(String... arguments) throws IOException {
    try (HeldLock lock = LockFile.at(Path.of(arguments[0]), "The thing").take("child")) {
      System.out.println(lock.waited() ? "waited" : "held");
      System.in.readAllBytes();
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
  }
}
