package dev.purser.domain;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a field that an aggregate's first event sets: null only before, when no rule reads it. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface FromFirstEvent {}
