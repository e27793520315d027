/** The btrfs backends of OverC. */
module io.overc.btrfs {
  requires transitive io.overc;
  requires org.slf4j;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
}
