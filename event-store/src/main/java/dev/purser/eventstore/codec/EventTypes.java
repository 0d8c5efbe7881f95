package dev.purser.eventstore.codec;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registry of stored event names: short name and revision to class, and each class to the one name and revision it
 * is written under. Names and revisions are a stored contract; they are never reused for something else.
 */
public final class EventTypes {

    private static final int LONGEST_NAME = 100;

    private final Map<StoredType, Class<?>> classes;
    private final Map<Class<?>, StoredType> names;

    private EventTypes(Map<StoredType, Class<?>> classes, Map<Class<?>, StoredType> names) {
        this.classes = Map.copyOf(classes);
        this.names = Map.copyOf(names);
    }

    /** Starts an empty registry. */
    public static Builder builder() {
        return new Builder();
    }

    /** The name and revision under which events of this class are written. */
    StoredType storedType(Class<?> eventClass) {
        StoredType stored = names.get(eventClass);
        if (stored == null) {
            throw new UnknownEventType("event class " + eventClass.getName() + " is not registered");
        }
        return stored;
    }

    /** The class that events of this name and revision are read as; null if nobody registered one. */
    @Nullable
    Class<?> find(StoredType stored) {
        return classes.get(stored);
    }

    /** A name and revision, if they are such. */
    static StoredType checked(String name, int revision) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("event name must have 1 to 100 characters: '" + name + "'");
        }
        if (revision < 1 || revision > Short.MAX_VALUE) {
            throw new IllegalArgumentException("revision of " + name + " must be 1 to 32767, but is " + revision);
        }
        return new StoredType(name, (short) revision);
    }

    /** All classes in the registry. */
    public Collection<Class<?>> eventClasses() {
        return names.keySet();
    }

    /** A stored name with its revision. */
    record StoredType(String name, short revision) {
        @Override
        public String toString() {
            return "event type " + name + " revision " + revision;
        }
    }

    /** Collects registrations; refuses two meanings for one name and revision, and two names for one class. */
    public static final class Builder {

        private final Map<StoredType, Class<?>> classes = new HashMap<>();
        private final Map<Class<?>, StoredType> names = new HashMap<>();

        private Builder() {}

        /** Registers a class under a name and revision (1 to 32,767). */
        public Builder add(Class<?> eventClass, String name, int revision) {
            StoredType stored = checked(name, revision);
            if (classes.putIfAbsent(stored, eventClass) != null) {
                throw new IllegalArgumentException(name + " revision " + revision + " is registered twice");
            }
            if (names.putIfAbsent(eventClass, stored) != null) {
                throw new IllegalArgumentException(eventClass.getName() + " is registered under two names");
            }
            return this;
        }

        /** Registers a class under its simple name, revision 1. */
        public Builder add(Class<?> eventClass) {
            return add(eventClass, eventClass.getSimpleName(), 1);
        }

        /** Registers every record of a sealed family under its simple name, revision 1. */
        public Builder addAll(Class<?> sealedFamily) {
            Class<?>[] members = sealedFamily.getPermittedSubclasses();
            if (members == null) {
                throw new IllegalArgumentException(sealedFamily.getName() + " is not sealed");
            }
            for (Class<?> member : members) {
                if (member.isSealed()) {
                    addAll(member);
                } else {
                    add(member);
                }
            }
            return this;
        }

        /** The finished registry. */
        public EventTypes build() {
            return new EventTypes(classes, names);
        }
    }
}
