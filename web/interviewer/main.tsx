import { mount } from "../ui/mount";
import { App } from "./app";
import "uplot/dist/uPlot.min.css";
import "./interviewer.css";
import "./job.css";
import "./transcript.css";

mount(<App />);
