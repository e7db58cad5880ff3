import { MemoryStore } from "./store.ts";
import { testStore } from "./testdata/store_contract.ts";

testStore("memory store", { create: (head) => new MemoryStore(head), reopen: (store) => store });
