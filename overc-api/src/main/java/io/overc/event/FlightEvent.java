package io.overc.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The event that is recorded. */
@Name("io.overc.Operation")
@Label("OverC Operation")
@Category("OverC")
@Description("One operation on a host, a container, a snapshot, a service or an image")
@StackTrace(false)
final class FlightEvent extends jdk.jfr.Event implements FlightRecord {
  @Label("Id")
  final long id;

  @Label("Kind")
  final String kind;

  @Label("Subject")
  final String subject;

  @Label("Parent")
  final long parent;

  @Label("Succeeded")
  boolean succeeded;

  @Label("Message")
  @Nullable String message;

  FlightEvent(OperationInfo info) {
    this.id = info.id();
    this.kind = info.kind().name();
    this.subject = info.subject();
    this.parent = info.parent().orElse(0);
  }

  @Override
  public void end(String result, @Nullable Throwable failure) {
    end();
    if (shouldCommit()) {
      succeeded = failure == null;
      message = result;
      commit();
    }
  }
}
