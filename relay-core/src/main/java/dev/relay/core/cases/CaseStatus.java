package dev.relay.core.cases;

import java.util.EnumSet;
import java.util.Set;

/** The status of a case. */
public enum CaseStatus {
  /** Nobody has looked at it yet. */
  NEW,
  /** Somebody works on it. */
  OPEN,
  /** It waits for the customer's reply. */
  PENDING,
  /** It is solved and can be reopened. */
  SOLVED,
  /** It is closed for good; a follow-up case links to it. */
  CLOSED,
  /** It turned out to be a duplicate: everything of it is part of another case, {@link SupportCase#merge}. Final. */
  MERGED;

  /** Returns the statuses that somebody can give it after this one. {@link #CLOSED} is final; {@link #MERGED} follows only from a merge. */
  public Set<CaseStatus> next() {
    return switch (this) {
      case NEW -> EnumSet.of(OPEN, PENDING, SOLVED);
      case OPEN -> EnumSet.of(PENDING, SOLVED);
      case PENDING -> EnumSet.of(OPEN, SOLVED);
      case SOLVED -> EnumSet.of(OPEN, CLOSED);
      case CLOSED, MERGED -> EnumSet.noneOf(CaseStatus.class);
    };
  }

  /** Returns whether the case still needs work. */
  public boolean isUnsolved() {
    return this == NEW || this == OPEN || this == PENDING;
  }
}
