import { MemoryStore } from "./store.ts";
import { testStore } from "./store_contract.ts";

testStore("memory store", { create: (head) => new MemoryStore(head), reopen: (store) => store });
