package io.overc.examples.benchmarks;

import io.overc.event.Operation;
import io.overc.internal.compare.Comparison;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a container with a source of 20,000 files each, four fifths of them the same, beside
 * what finds duplicates or differences, with a warm cache.
 */
final class OverlayBenchmark implements Benchmark {
  private static final int FILES = 20_000;
  private static final int SHARED = FILES / 5 * 4;
  private static final int MANY = 400_000;
  private static final int THREADS = 2;

  /** The walk takes a minute for all, and as long for each file of a few as of many. */
  private static final int WALKED = FILES / 10;

  @Override
  public String name() {
    return "overlay";
  }

  @Override
  public String summary() {
    return "compare 2 x 20,000 files for overlay sharing beside diff, jdupes, rdfind and a shell"
        + " walk with md5sum; the heap at 400,000 files";
  }

  @Override
  public List<Result> run(Operation operation) throws Exception {
    Path directory = Files.createTempDirectory("overlay-benchmark").toRealPath();
    try {
      List<Result> results = new ArrayList<>();
      operation.step("make trees of " + FILES + " files a side");
      OverlayTree tree = OverlayTree.create(directory.resolve("tree"), FILES);
      OverlayTree part = OverlayTree.create(directory.resolve("part"), WALKED);
      operation.step("compare");
      results.addAll(comparing(tree));
      operation.step("compare and remove");
      results.add(removing(tree, part, directory));
      operation.step("make trees of " + MANY + " files a side");
      OverlayTree many = OverlayTree.createTiny(directory.resolve("many"), MANY);
      operation.step("measure the heap");
      results.add(heap(tree, many));
      return results;
    } finally {
      tool(List.of("rm", "-rf", "--one-file-system", directory.toString()), 0);
    }
  }

  private static List<Result> comparing(OverlayTree tree) throws Exception {
    String container = tree.container().toString();
    String source = tree.source().toString();
    Duel.Turn ours = Duel.timed(() -> compare(tree, THREADS));
    Duel.Medians diff =
        new Duel(10, 15)
            .run(ours, Duel.timed(() -> tool(List.of("diff", "-rq", container, source), 1)));
    Duel.Medians jdupes =
        new Duel(2, 11)
            .run(ours, Duel.timed(() -> tool(List.of("jdupes", "-rqm", container, source), 0)));
    List<String> rdfind =
        List.of("rdfind", "-dryrun", "true", "-makeresultsfile", "false", container, source);
    Duel.Medians rdfinds = new Duel(2, 11).run(ours, Duel.timed(() -> tool(rdfind, 0)));
    Duel.Medians threads = new Duel(5, 15).run(ours, Duel.timed(() -> compare(tree, 1)));
    return List.of(
        Result.ratio("compare 20,000 files", diff.ours(), "diff -rq", diff.peer(), 0.65),
        Result.ratio("compare 20,000 files", jdupes.ours(), "jdupes", jdupes.peer(), 0.5),
        Result.ratio("compare 20,000 files", rdfinds.ours(), "rdfind", rdfinds.peer(), 0.5),
        Result.ratio(
            "compare with two threads", threads.ours(), "one thread", threads.peer(), 0.8));
  }

  /** The shell walk runs once, on a tenth of the files, and counts ten times. */
  private static Result removing(OverlayTree tree, OverlayTree part, Path directory)
      throws Exception {
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Path copy = directory.resolve("copy" + i);
      tool(List.of("cp", "-a", tree.container().toString(), copy.toString()), 0);
      tool(List.of("sync", "-f", copy.toString()), 0);
      OverlayCount count = new OverlayCount(copy);
      Comparison comparison = new Comparison(copy, List.of(tree.source()), THREADS);
      long nanos = Duel.time(() -> comparison.run(count));
      check(count, SHARED);
      if (i > 0) {
        took.add(nanos);
      }
    }
    Path script = script(directory);
    long walk =
        Duel.time(
            () ->
                tool(
                    List.of(
                        "sh",
                        script.toString(),
                        part.container().toString(),
                        part.source().toString()),
                    0));
    double factor = (double) FILES / WALKED;
    return Result.ratio(
        "compare and remove", Duel.median(took), "md5sum walk, scaled", walk * factor, 1 / 40.0);
  }

  private static Result heap(OverlayTree tree, OverlayTree many) throws IOException {
    long few = heap(tree, FILES);
    long more = heap(many, MANY);
    return Result.count(
        "heap in use at 400,000 files beyond that at 20,000",
        Math.max(0, more - few) / 1024,
        "KiB (" + more / 1024 + " KiB in all)",
        1024);
  }

  private static long heap(OverlayTree tree, int files) throws IOException {
    OverlayHeap heap = new OverlayHeap(files / 8);
    new Comparison(tree.container(), List.of(tree.source()), THREADS).run(heap);
    check(heap, files / 5 * 4);
    return heap.most();
  }

  private static Path script(Path directory) throws IOException {
    Path script = directory.resolve("md5sum-walk.sh");
    try (InputStream resource = OverlayBenchmark.class.getResourceAsStream("md5sum-walk.sh")) {
      if (resource == null) {
        throw new IllegalStateException("md5sum-walk.sh is missing");
      }
      Files.copy(resource, script);
    }
    return script;
  }

  private static void compare(OverlayTree tree, int threads) throws IOException {
    OverlayCount count = new OverlayCount();
    new Comparison(tree.container(), List.of(tree.source()), threads).run(count);
    check(count, SHARED);
  }

  private static void check(OverlayCount count, int shared) {
    if (count.shared() != shared) {
      throw new IllegalStateException(
          "found " + count.shared() + " files that are the same, not " + shared);
    }
  }

  /** Starts it as a shell would, its output read by nobody: a runner would cost it time. */
  private static void tool(List<String> arguments, int code) throws IOException {
    Process process =
        new ProcessBuilder(arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int exit = process.waitFor();
      if (exit != code) {
        throw new IllegalStateException(arguments.get(0) + " returned " + exit);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
