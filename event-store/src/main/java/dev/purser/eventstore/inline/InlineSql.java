package dev.purser.eventstore.inline;

import dev.purser.eventstore.inline.InlineRow.Kind;
import dev.purser.eventstore.inline.InlineTable.Column;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statements on inline tables: each takes one array per column and changes any number of rows. */
final class InlineSql {

    private static final ConcurrentHashMap<Shape, String> STATEMENTS = new ConcurrentHashMap<>();

    private record Shape(InlineTable table, Kind kind, List<Column> columns) {}

    private InlineSql() {}

    static String of(InlineTable table, Kind kind, List<Column> columns) {
        return STATEMENTS.computeIfAbsent(new Shape(table, kind, columns), InlineSql::build);
    }

    private static String build(Shape shape) {
        return switch (shape.kind()) {
            case CLAIM -> claim(shape);
            case UPSERT -> upsert(shape);
            case UPDATE -> update(shape);
            case RELEASE -> release(shape);
        };
    }

    // Answers the ordinals of the rows that were not inserted, so usually nothing.
    private static String claim(Shape shape) {
        return """
            with given as (select * from %s with ordinality as g (%s, ordinal_)),
            claimed as (insert into %s (%s) select %s from given on conflict do nothing returning %s)
            select g.ordinal_ from given g where not exists (select from claimed t where %s)\
            """.formatted(
                        unnest(shape),
                        names(shape.columns()),
                        shape.table().name(),
                        names(shape.columns()),
                        names(shape.columns()),
                        names(shape.table().keyColumns()),
                        sameKey(shape.table()));
    }

    private static String upsert(Shape shape) {
        InlineTable table = shape.table();
        List<Column> values = table.columns()
                .subList(table.keyColumns().size(), table.columns().size());
        String action = values.isEmpty()
                ? "nothing"
                : "update set " + joined(values, ", ", column -> column.name() + " = excluded." + column.name());
        return "insert into %s (%s) select * from %s on conflict (%s) do %s"
                .formatted(table.name(), names(shape.columns()), unnest(shape), names(table.keyColumns()), action);
    }

    private static String update(Shape shape) {
        InlineTable table = shape.table();
        List<Column> changed = shape.columns()
                .subList(table.keyColumns().size(), shape.columns().size());
        return "update %s t set %s from %s as g (%s) where %s"
                .formatted(
                        table.name(),
                        joined(changed, ", ", column -> column.name() + " = g." + column.name()),
                        unnest(shape),
                        names(shape.columns()),
                        sameKey(table));
    }

    private static String release(Shape shape) {
        return "delete from %s t using %s as g (%s) where %s"
                .formatted(shape.table().name(), unnest(shape), names(shape.columns()), sameKey(shape.table()));
    }

    private static String unnest(Shape shape) {
        return "unnest("
                + joined(shape.columns(), ", ", column -> "?::" + column.type().sqlName() + "[]") + ")";
    }

    private static String sameKey(InlineTable table) {
        return joined(table.keyColumns(), " and ", column -> "t." + column.name() + " = g." + column.name());
    }

    private static String names(List<Column> columns) {
        return joined(columns, ", ", Column::name);
    }

    private static String joined(List<Column> columns, String separator, Function<Column, String> part) {
        return columns.stream().map(part).collect(Collectors.joining(separator));
    }
}
