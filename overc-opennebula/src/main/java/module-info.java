/** The opennebula backends of OverC. */
module io.overc.opennebula {
  requires transitive io.overc;
  requires org.slf4j;
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
}
