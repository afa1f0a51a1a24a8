package dev.keystores.chaos;

import java.time.Duration;

/** Something that fails, or is made to. Replicas, targets and stores are told by their place in their list. */
sealed interface Disturbance {

    /** What people call it. */
    String name();

    record Kill(int replica, Duration downFor) implements Disturbance {
        @Override
        public String name() {
            return "kill";
        }
    }

    record KillAll(Duration downFor) implements Disturbance {
        @Override
        public String name() {
            return "kill all";
        }
    }

    record Terminate(int replica, Duration downFor) implements Disturbance {
        @Override
        public String name() {
            return "terminate";
        }
    }

    record Pause(int replica, Duration length) implements Disturbance {
        @Override
        public String name() {
            return "pause";
        }
    }

    /** @param inOrder as its operators do it, who tell everybody connected to go */
    record StopDatabase(boolean inOrder, Duration downFor) implements Disturbance {
        @Override
        public String name() {
            return inOrder ? "database restart" : "database crash";
        }
    }

    /** @param kind as the control room names it */
    record Fault(int target, String operation, String kind, int times) implements Disturbance {
        @Override
        public String name() {
            return kind.equals("THROTTLED") ? "throttling" : "KMS fault";
        }
    }

    record SlowAnswers(Duration delay, Duration length) implements Disturbance {
        @Override
        public String name() {
            return delay.compareTo(length) > 0 ? "no answers" : "slow answers";
        }
    }

    record Stale(int target, Duration length) implements Disturbance {
        @Override
        public String name() {
            return "stale reads";
        }
    }

    /** Its connects don't end before the round does. */
    record Hold(int store) implements Disturbance {
        @Override
        public String name() {
            return "endless connect";
        }
    }
}
