import { mount } from "../ui/mount";
import { App } from "./app";
import "./applicant.css";

mount(<App />);
