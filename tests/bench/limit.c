/* The tandem network as fast as we can write it: the limit to which engines are compared.

   One event a visit. Who arrives at a first-come station can be told at once when it will leave, so that the
   only events are arrivals; a binary heap keeps them in order of time, and by number where they tie. Entries
   are in order already and join from their own list. Times are whole ticks. */

#include <stdint.h>
#include <stdlib.h>

enum { STATIONS = 8, MOST_SERVERS = 12, NIGHT = 4 };

typedef struct {
    int64_t at;
    int32_t number;
    int32_t station;
} Arrival;

typedef struct {
    Arrival *rows;
    int64_t count;
} Heap;

static int before(Arrival left, Arrival right) {
    return left.at < right.at || (left.at == right.at && left.number < right.number);
}

/* Put an arrival in the place of the first. */
static void replace_first(Heap *heap, Arrival arrival) {
    int64_t hole = 0;
    for (int64_t child = 1; child < heap->count; child = 2 * hole + 1) {
        child += child + 1 < heap->count && before(heap->rows[child + 1], heap->rows[child]);
        if (before(arrival, heap->rows[child])) break;
        heap->rows[hole] = heap->rows[child];
        hole = child;
    }
    heap->rows[hole] = arrival;
}

static void push(Heap *heap, Arrival arrival) {
    int64_t hole = heap->count++;
    while (hole > 0 && before(arrival, heap->rows[(hole - 1) / 2])) {
        heap->rows[hole] = heap->rows[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    heap->rows[hole] = arrival;
}

static void drop_first(Heap *heap) {
    if (--heap->count > 0) replace_first(heap, heap->rows[heap->count]);
}

/* Keep the server that is free first until an instant; `free_at` is a heap of so many servers. */
static void keep(int64_t *free_at, int64_t servers, int64_t until) {
    int64_t hole = 0;
    for (int64_t child = 1; child < servers; child = 2 * hole + 1) {
        child += child + 1 < servers && free_at[child + 1] < free_at[child];
        if (free_at[child] >= until) break;
        free_at[hole] = free_at[child];
        hole = child;
    }
    free_at[hole] = until;
}

/* Fill `wait` (a row a consignment, a column a station); return 0, or 1 if there is no memory.
   `way` is 0 to the east, 1 to the west; a service may start in the first `open` ticks of each `day`. */
int limit(int64_t n, const int64_t *entry, const int64_t *way, const int64_t *service, const int64_t *links,
          const int64_t *servers, int64_t open, int64_t day, int64_t *wait) {
    int64_t free_at[STATIONS][MOST_SERVERS] = {{0}};
    Heap heap = {malloc((size_t)(n + 1) * sizeof(Arrival)), 0};
    if (!heap.rows) return 1;
    for (int64_t next = 0; next < n || heap.count;) {
        Arrival now;
        int enters = next < n && (!heap.count || entry[next] < heap.rows[0].at ||
                                  (entry[next] == heap.rows[0].at && next < heap.rows[0].number));
        if (enters) {
            now = (Arrival){entry[next], (int32_t)next, way[next] ? STATIONS - 1 : 0};
            next++;
        } else {
            now = heap.rows[0];
        }
        int k = now.station;
        int64_t *mine = free_at[k], start = now.at > mine[0] ? now.at : mine[0];
        if (k == NIGHT && start % day >= open) start += day - start % day;
        int64_t cell = (int64_t)now.number * STATIONS + k, left = start + service[cell];
        keep(mine, servers[k], left);
        wait[cell] = start - now.at;
        int west = way[now.number] != 0;
        if (k == (west ? 0 : STATIONS - 1)) {
            if (!enters) drop_first(&heap);
            continue;
        }
        Arrival onward = {left + links[west ? k - 1 : k], now.number, west ? k - 1 : k + 1};
        if (enters) {
            push(&heap, onward);
        } else {
            replace_first(&heap, onward);
        }
    }
    free(heap.rows);
    return 0;
}
